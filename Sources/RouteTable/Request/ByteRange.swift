/// A range of bytes inside a head that somebody else holds.
///
/// Offsets instead of pointers: the head may be moved (from the scratch buffer to a block) without
/// touching what was parsed.
package struct ByteRange: BitwiseCopyable, Equatable, Sendable {
    /// Offset of the first byte, in bytes from the start of the head.
    package var offset: UInt32
    /// Number of bytes.
    package var count: UInt32

    @inlinable
    package init(offset: UInt32, count: UInt32) {
        self.offset = offset
        self.count = count
    }

    /// The range from `start` up to, not including, `end`.
    ///
    /// - Precondition: `0 <= start <= end`, and both fit 32 bits; heads are far smaller.
    @inlinable
    package init(from start: Int, to end: Int) {
        self.offset = UInt32(start)
        self.count = UInt32(end - start)
    }

    /// No bytes, at the start.
    @inlinable
    package static var empty: ByteRange { ByteRange(offset: 0, count: 0) }

    /// Offset of the first byte, as an index.
    @inlinable
    package var start: Int { Int(offset) }

    /// Offset behind the last byte, as an index.
    @inlinable
    package var end: Int { Int(offset) + Int(count) }

    @inlinable
    package var isEmpty: Bool { count == 0 }

    /// The same range as indices.
    @inlinable
    package var indices: Range<Int> { start..<end }
}
