/// Comparisons of bytes.
enum Bytes {
    @inline(__always)
    static func areEqual(_ left: UnsafeRawBufferPointer, _ right: UnsafeRawBufferPointer) -> Bool {
        guard left.count == right.count else { return false }
        guard let first = left.baseAddress, let second = right.baseAddress else { return true }
        let count = left.count
        // SAFETY: both have `count` readable bytes, and no load reaches behind them.
        if count >= ByteWords.byteCount {
            let last = count &- ByteWords.byteCount
            var index = 0
            while index < last {
                guard unsafe ByteWords.load(first, index) == ByteWords.load(second, index) else {
                    return false
                }
                index &+= ByteWords.byteCount
            }
            return unsafe ByteWords.load(first, last) == ByteWords.load(second, last)
        }
        if count >= 4 {
            let last = count &- 4
            return unsafe load(first, 0) == load(second, 0)
                && load(first, last) == load(second, last)
        }
        for index in 0..<count {
            guard
                unsafe first.load(fromByteOffset: index, as: UInt8.self)
                    == second.load(fromByteOffset: index, as: UInt8.self)
            else { return false }
        }
        return true
    }

    @inline(__always)
    private static func load(_ start: UnsafeRawPointer, _ index: Int) -> UInt32 {
        // SAFETY: the caller vouches for four bytes at `index`.
        unsafe start.loadUnaligned(fromByteOffset: index, as: UInt32.self)
    }
}
