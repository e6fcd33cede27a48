/// Eight bytes at once, in one integer.
enum ByteWords {
    static let byteCount = 8

    /// Eight bytes, the first in the lowest bits.
    @inline(__always)
    static func load(_ start: UnsafeRawPointer, _ index: Int) -> UInt64 {
        // SAFETY: the caller vouches for eight bytes at `index`.
        UInt64(littleEndian: unsafe start.loadUnaligned(fromByteOffset: index, as: UInt64.self))
    }
}
