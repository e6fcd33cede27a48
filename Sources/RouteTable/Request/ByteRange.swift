/// A range of bytes inside a head that somebody else holds.
///
/// Offsets instead of pointers: the head may be moved (from the scratch buffer to a block) without
/// touching what was parsed.
public struct ByteRange: BitwiseCopyable, Equatable, Sendable {
    /// Offset of the first byte, in bytes from the start of the head.
    public var offset: UInt32
    /// Number of bytes.
    public var count: UInt32

    @inlinable
    public init(offset: UInt32, count: UInt32) {
        self.offset = offset
        self.count = count
    }

    /// The range from `start` up to, not including, `end`.
    ///
    /// - Precondition: `0 <= start <= end`, and both fit 32 bits; heads are far smaller.
    @inlinable
    public init(from start: Int, to end: Int) {
        self.offset = UInt32(start)
        self.count = UInt32(end - start)
    }

    /// No bytes, at the start.
    @inlinable
    public static var empty: ByteRange { ByteRange(offset: 0, count: 0) }

    /// Offset of the first byte, as an index.
    @inlinable
    public var start: Int { Int(offset) }

    /// Offset behind the last byte, as an index.
    @inlinable
    public var end: Int { Int(offset) + Int(count) }

    @inlinable
    public var isEmpty: Bool { count == 0 }

    /// The same range as indices.
    @inlinable
    public var indices: Range<Int> { start..<end }
}
