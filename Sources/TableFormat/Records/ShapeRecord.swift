/// One tuple space of a host: which segments are literal and what may follow.
///
/// The key of a path in it is made of the hashes of its segments at the literal positions and of the
/// bytes at both ends of one more segment.
public struct ShapeRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 16 }

    /// Bit *i*: segment *i* is literal.
    public var literalSegments: UInt64
    /// The best route of the shape, counted from the first of the host.
    public var bestRoute: UInt32
    /// Number of segments; with an open tail, the least number. At most 64.
    public var segmentCount: UInt8
    /// A ``TailKind``.
    public var tail: UInt8
    /// The segment whose ends count, or 255.
    public var affixSegment: UInt8
    /// Bytes that count at the start of that segment.
    public var prefixByteCount: UInt8
    /// Bytes that count at its end.
    public var suffixByteCount: UInt8

    /// All fields zero, links none.
    @inlinable public init() {
        self.literalSegments = 0
        self.bestRoute = 0
        self.segmentCount = 0
        self.tail = 0
        self.affixSegment = 0
        self.prefixByteCount = 0
        self.suffixByteCount = 0
    }

    @inlinable public init(reading bytes: RecordBytes) {
        self.literalSegments = bytes.uint64(at: 0)
        self.bestRoute = bytes.uint32(at: 8)
        let segments = bytes.uint8(at: 12)
        self.segmentCount = segments & 0x7F
        self.tail = segments &>> 7
        self.affixSegment = bytes.uint8(at: 13)
        self.prefixByteCount = bytes.uint8(at: 14)
        self.suffixByteCount = bytes.uint8(at: 15)
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(literalSegments, at: 0)
        bytes.put(bestRoute, at: 8)
        bytes.put(segmentCount | tail &<< 7, at: 12)
        bytes.put(affixSegment, at: 13)
        bytes.put(prefixByteCount, at: 14)
        bytes.put(suffixByteCount, at: 15)
    }

    /// Stands for no segment in ``affixSegment``.
    @inlinable public static var noSegment: UInt8 { 255 }
}
