/// One host rule. Host rules stand in the order of the configuration; their routes follow each other
/// without gaps, so the first routes ascend.
public struct HostRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 64 }

    /// Index of the best route.
    public var firstRoute: UInt32
    /// Number of routes.
    public var routeCount: UInt32
    /// Index of the first shape; shapes are sorted by their best route.
    public var firstShape: UInt32
    /// Number of shapes. Zero where there is a trie.
    public var shapeCount: UInt32
    /// Root node of the trie, or none.
    public var trieRoot: UInt32
    /// Regex space of the routes, or none.
    public var regexSpace: UInt32
    /// Service that takes what no route takes, or none.
    public var targetService: UInt32
    /// The own pattern, if it is a regex, or none.
    public var regex: UInt32
    /// Middleware chain of requests that go to the host's target.
    public var chain: UInt32
    /// Index of the port group.
    public var portGroup: UInt16
    /// A ``HostKind``.
    public var kind: UInt8
    /// Bit 0: the host has exact paths.
    public var flags: UInt8
    /// The shapes that a path of so many segments can have.
    public var shapeSets: ShapeSets

    /// All fields zero, links none.
    @inlinable public init() {
        self.firstRoute = 0
        self.routeCount = 0
        self.firstShape = 0
        self.shapeCount = 0
        self.trieRoot = .none
        self.regexSpace = .none
        self.targetService = .none
        self.regex = .none
        self.chain = 0
        self.portGroup = 0
        self.kind = 0
        self.flags = 0
        self.shapeSets = ShapeSets()
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.firstRoute = bytes.uint32(at: 0)
        self.routeCount = bytes.uint32(at: 4)
        self.firstShape = bytes.uint32(at: 8)
        self.shapeCount = bytes.uint32(at: 12)
        self.trieRoot = bytes.uint32(at: 16)
        self.regexSpace = bytes.uint32(at: 20)
        self.targetService = bytes.uint32(at: 24)
        self.regex = bytes.uint32(at: 28)
        self.chain = bytes.uint32(at: 32)
        self.portGroup = bytes.uint16(at: 36)
        self.kind = bytes.uint8(at: 38)
        self.flags = bytes.uint8(at: 39)
        self.shapeSets = ShapeSets(reading: bytes, at: Self.shapeSetOffset)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(firstRoute, at: 0)
        bytes.put(routeCount, at: 4)
        bytes.put(firstShape, at: 8)
        bytes.put(shapeCount, at: 12)
        bytes.put(trieRoot, at: 16)
        bytes.put(regexSpace, at: 20)
        bytes.put(targetService, at: 24)
        bytes.put(regex, at: 28)
        bytes.put(chain, at: 32)
        bytes.put(portGroup, at: 36)
        bytes.put(kind, at: 38)
        bytes.put(flags, at: 39)
        shapeSets.write(to: &bytes, at: Self.shapeSetOffset)
    }

    /// The host has exact paths.
    @inlinable public static var hasExactPaths: UInt8 { 1 }

    /// Where the sets of shapes begin.
    @inlinable public static var shapeSetOffset: Int { 40 }
}
