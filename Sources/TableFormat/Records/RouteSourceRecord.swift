/// Where a route comes from. One for each route.
public struct RouteSourceRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 44 }

    /// Its name, or none.
    public var name: TextReference
    /// The pattern as it was written.
    public var pattern: TextReference
    /// Source file.
    public var file: UInt32
    /// Line in it, from 1.
    public var line: UInt32
    /// As it was written.
    public var priority: Int32
    /// Position in the list of its host, from 0.
    public var declaredPosition: UInt32
    /// Index of the first capture.
    public var firstCapture: UInt32
    /// Number of captures.
    public var captureCount: UInt32
    /// The ``RouteKind`` that was written, before any lowering.
    public var writtenKind: UInt8

    /// All fields zero, links none.
    @inlinable public init() {
        self.name = .none
        self.pattern = .none
        self.file = 0
        self.line = 0
        self.priority = 0
        self.declaredPosition = 0
        self.firstCapture = 0
        self.captureCount = 0
        self.writtenKind = 0
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.name = bytes.text(at: 0)
        self.pattern = bytes.text(at: 8)
        self.file = bytes.uint32(at: 16)
        self.line = bytes.uint32(at: 20)
        self.priority = bytes.int32(at: 24)
        self.declaredPosition = bytes.uint32(at: 28)
        self.firstCapture = bytes.uint32(at: 32)
        self.captureCount = bytes.uint32(at: 36)
        self.writtenKind = bytes.uint8(at: 40)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(name, at: 0)
        bytes.put(pattern, at: 8)
        bytes.put(file, at: 16)
        bytes.put(line, at: 20)
        bytes.put(priority, at: 24)
        bytes.put(declaredPosition, at: 28)
        bytes.put(firstCapture, at: 32)
        bytes.put(captureCount, at: 36)
        bytes.put(writtenKind, at: 40)
    }
}
