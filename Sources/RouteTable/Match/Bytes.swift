import Glibc

/// Comparisons of bytes.
enum Bytes {
    @inline(__always)
    static func areEqual(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
        guard left.count == right.count else { return false }
        guard let first = left.baseAddress, let second = right.baseAddress else { return true }
        // SAFETY: both have `left.count` readable bytes.
        return unsafe memcmp(first, second, left.count) == 0
    }
}
