/// What happens with the requests of a route. Routes with equal actions share one.
public struct ActionRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 64 }

    /// An ``ActionKind``.
    public var kind: UInt8
    /// ``hasRewrite`` and others.
    public var flags: UInt8
    /// Status of a redirect or an answer.
    public var status: UInt16
    /// The service, or none.
    public var service: UInt32
    /// First of several weighted targets.
    public var firstTarget: UInt32
    /// Their number; 0 if there is one service.
    public var targetCount: UInt32
    /// Whole segments to take from the start of the path.
    public var stripPrefix: TextReference
    /// Text to put in front of the path.
    public var addPrefix: TextReference
    /// Template of the path or of Location.
    public var firstPiece: UInt32
    /// Number of its pieces.
    public var pieceCount: UInt32
    /// Body of an answer.
    public var body: TextReference
    /// Its media type.
    public var contentType: TextReference
    /// The middleware chain.
    public var chain: UInt32

    /// All fields zero, links none.
    @inlinable public init() {
        self.kind = 0
        self.flags = 0
        self.status = 0
        self.service = .none
        self.firstTarget = 0
        self.targetCount = 0
        self.stripPrefix = .none
        self.addPrefix = .none
        self.firstPiece = 0
        self.pieceCount = 0
        self.body = .none
        self.contentType = .none
        self.chain = 0
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.kind = bytes.uint8(at: 0)
        self.flags = bytes.uint8(at: 1)
        self.status = bytes.uint16(at: 2)
        self.service = bytes.uint32(at: 4)
        self.firstTarget = bytes.uint32(at: 8)
        self.targetCount = bytes.uint32(at: 12)
        self.stripPrefix = bytes.text(at: 16)
        self.addPrefix = bytes.text(at: 24)
        self.firstPiece = bytes.uint32(at: 32)
        self.pieceCount = bytes.uint32(at: 36)
        self.body = bytes.text(at: 40)
        self.contentType = bytes.text(at: 48)
        self.chain = bytes.uint32(at: 56)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(kind, at: 0)
        bytes.put(flags, at: 1)
        bytes.put(status, at: 2)
        bytes.put(service, at: 4)
        bytes.put(firstTarget, at: 8)
        bytes.put(targetCount, at: 12)
        bytes.put(stripPrefix, at: 16)
        bytes.put(addPrefix, at: 24)
        bytes.put(firstPiece, at: 32)
        bytes.put(pieceCount, at: 36)
        bytes.put(body, at: 40)
        bytes.put(contentType, at: 48)
        bytes.put(chain, at: 56)
    }

    /// The path is rewritten.
    @inlinable public static var hasRewrite: UInt8 { 1 }
    /// The template replaces the whole path.
    @inlinable public static var replacesPath: UInt8 { 2 }
}
