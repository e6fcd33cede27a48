import Glibc

/// Writes all of a block to a descriptor.
enum DescriptorWriter {
    /// - Returns: nil, or the `errno` of the write that failed.
    static func write(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
        var offset = 0
        while offset < bytes.count {
            // SAFETY: offset is below the block's count, and the rest is what is left of it.
            let count = unsafe bytes.withUnsafeBytes { block in
                unsafe Glibc.write(
                    descriptor, block.baseAddress?.advanced(by: offset), block.count - offset)
            }
            if count < 0 {
                if errno == EINTR { continue }
                return errno
            }
            offset += count
        }
        return nil
    }
}
