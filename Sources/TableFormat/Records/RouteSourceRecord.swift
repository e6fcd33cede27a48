/// Where a route comes from. One for each route.
public struct RouteSourceRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 20 }

    /// The pattern as it was written. At most 65,535 bytes.
    public var pattern: TextReference
    /// Line in the file, from 1.
    public var line: UInt32
    /// Index of what few routes have, or none.
    public var details: UInt32
    /// Source file.
    public var file: UInt16
    /// The ``RouteKind`` that was written, before any lowering.
    public var writtenKind: UInt8

    /// All fields zero, links none.
    @inlinable public init() {
        self.pattern = TextReference(offset: 0, byteCount: 0)
        self.line = 0
        self.details = .none
        self.file = 0
        self.writtenKind = 0
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.pattern = TextReference(
            offset: bytes.uint32(at: 0), byteCount: UInt32(bytes.uint16(at: 12)))
        self.line = bytes.uint32(at: 4)
        self.details = bytes.uint32(at: 8)
        self.file = bytes.uint16(at: 14)
        self.writtenKind = bytes.uint8(at: 16)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(pattern.offset, at: 0)
        bytes.put(line, at: 4)
        bytes.put(details, at: 8)
        bytes.put(UInt16(truncatingIfNeeded: pattern.byteCount), at: 12)
        bytes.put(file, at: 14)
        bytes.put(writtenKind, at: 16)
    }
}
