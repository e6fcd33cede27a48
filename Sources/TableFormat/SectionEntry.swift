/// One entry of the directory.
public struct SectionEntry: TableRecord, Equatable {
    /// Size in bytes.
    @inlinable public static var byteCount: Int { 72 }

    /// Matching never reads the section.
    public static var isCold: UInt32 { 1 }
    /// The section does not count for the digest.
    public static var isOutsideDigest: UInt32 { 2 }
    /// A reader that does not know the kind may skip the section.
    public static var isOptional: UInt32 { 4 }

    /// Where ``offset`` stands in an entry; ``elementCount`` stands 20 bytes behind it.
    @inlinable public static var placeOffset: Int { 8 }

    /// The flags that a known section has.
    public static func flags(of kind: SectionKind) -> UInt32 {
        (kind.isCold ? isCold : 0) | (kind.isInDigest ? 0 : isOutsideDigest | isOptional)
    }

    /// The ``SectionKind``.
    public var kind: UInt32
    public var flags: UInt32
    /// Offset from the start of the file, a multiple of 64.
    public var offset: UInt64
    /// Size of the section without padding.
    public var byteCount: UInt64
    public var elementByteCount: UInt32
    public var elementCount: UInt32
    /// CRC32C of the section.
    public var checksum: UInt32
    /// Zero.
    public var reserved: UInt32
    /// SHA-256 over the SHA-256 of each 64 KiB of the section.
    public var contentDigest: [UInt8]

    /// An entry that says nothing yet about place, size and content.
    public init(kind: UInt32, flags: UInt32) {
        self.kind = kind
        self.flags = flags
        offset = 0
        byteCount = 0
        elementByteCount = 0
        elementCount = 0
        checksum = 0
        reserved = 0
        contentDigest = [UInt8](repeating: 0, count: 32)
    }

    public init(reading bytes: RecordBytes) {
        kind = bytes.uint32(at: 0)
        flags = bytes.uint32(at: 4)
        offset = bytes.uint64(at: 8)
        byteCount = bytes.uint64(at: 16)
        elementByteCount = bytes.uint32(at: 24)
        elementCount = bytes.uint32(at: 28)
        checksum = bytes.uint32(at: 32)
        reserved = bytes.uint32(at: 36)
        contentDigest = (0..<32).map { bytes.uint8(at: 40 + $0) }
    }

    public func write(to bytes: inout RecordBuffer) {
        bytes.put(kind, at: 0)
        bytes.put(flags, at: 4)
        bytes.put(offset, at: 8)
        bytes.put(byteCount, at: 16)
        bytes.put(elementByteCount, at: 24)
        bytes.put(elementCount, at: 28)
        bytes.put(checksum, at: 32)
        bytes.put(reserved, at: 36)
        bytes.put(contentDigest, at: 40)
    }
}
