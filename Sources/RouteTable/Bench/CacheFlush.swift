/// Takes the place of everything else in the caches.
struct CacheFlush {
    /// More than the last level of the caches of current machines, which do not keep all that is read
    /// once.
    private static let byteCount = 96 << 20
    private static let lineByteCount = 64

    private var bytes: [UInt8]

    /// - Parameter isNeeded: Else no memory is taken.
    init(isNeeded: Bool) {
        bytes = isNeeded ? [UInt8](repeating: 1, count: Self.byteCount) : []
    }

    /// Writes to each line of the memory.
    mutating func run() {
        for index in stride(from: 0, to: bytes.count, by: Self.lineByteCount) { bytes[index] &+= 1 }
    }
}
