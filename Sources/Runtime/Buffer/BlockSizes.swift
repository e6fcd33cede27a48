/// The sizes that blocks come in: by sixteens up to 256 bytes, head included, then the powers of two up
/// to 256 KiB, without it.
enum BlockSizes {
    typealias Class = UInt8

    /// What stands in front of a block's bytes.
    static let headByteCount = 8
    /// Smallest block, head included.
    private static let smallest = 64
    private static let step = 16
    /// Classes that are cut from chunks; those behind them are had from the system one by one.
    static let smallCount: Class = 13
    private static let largeBitsMin = 9
    private static let largeBitsMax = 18
    static let count = Int(smallCount) + largeBitsMax - largeBitsMin + 1

    /// Most bytes that a block holds.
    static let bytesMax = 1 << largeBitsMax

    /// Bytes that blocks of a class hold.
    static func capacity(of sizeClass: Class) -> Int {
        sizeClass < smallCount
            ? smallest + step * Int(sizeClass) - headByteCount
            : 1 << (largeBitsMin + Int(sizeClass - smallCount))
    }

    /// The smallest class that holds so many bytes.
    ///
    /// - Precondition: There is one.
    static func smallestClass(for byteCount: Int) -> Class {
        precondition(byteCount <= bytesMax, "no block of \(byteCount) bytes")
        if byteCount <= capacity(of: smallCount - 1) {
            let beyond = max(0, byteCount + headByteCount - smallest)
            return Class((beyond + step - 1) / step)
        }
        let bits = max(largeBitsMin, Int.bitWidth - (byteCount - 1).leadingZeroBitCount)
        return smallCount + Class(bits - largeBitsMin)
    }
}
