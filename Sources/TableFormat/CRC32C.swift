internal import CChecksum

/// CRC-32C (Castagnoli, reflected polynomial 0x82F63B78): finds accidental damage, no more.
public enum CRC32C {
    /// Eight tables of 256 entries: table *k* is the effect of a byte that *k* more bytes follow.
    private static let tables: [UInt32] = {
        var tables = [UInt32](repeating: 0, count: 8 * 256)
        for index in 0..<256 {
            var value = UInt32(index)
            for _ in 0..<8 { value = value & 1 == 1 ? value >> 1 ^ 0x82F6_3B78 : value >> 1 }
            tables[index] = value
        }
        for index in 256..<tables.count {
            let previous = tables[index - 256]
            tables[index] = previous >> 8 ^ tables[Int(previous & 0xFF)]
        }
        return tables
    }()

    /// The checksum of `bytes`, by the processor's own instruction where it has one.
    public static func checksum(of bytes: UnsafeRawBufferPointer) -> UInt32 {
        // SAFETY: the bytes are the caller's; the function reads as many as it is told.
        guard cchecksum_is_supported() != 0, let base = bytes.baseAddress else {
            return unsafe portableChecksum(of: bytes)
        }
        return unsafe ~cchecksum_crc32c(.max, base, bytes.count)
    }

    /// The checksum of `bytes` on any processor. Eight bytes a turn.
    public static func portableChecksum(of bytes: UnsafeRawBufferPointer) -> UInt32 {
        // SAFETY: table indices are below 8 * 256 by their masks; byte indices below `bytes.count`.
        unsafe tables.withUnsafeBufferPointer { buffer in
            guard let tables = buffer.baseAddress else { return 0 }
            var state: UInt32 = .max
            var index = 0
            while bytes.count - index >= 8 {
                let word = unsafe UInt64(
                    littleEndian: bytes.loadUnaligned(fromByteOffset: index, as: UInt64.self))
                let mixed = word ^ UInt64(state)
                state =
                    unsafe tables[7 * 256 + Int(mixed & 0xFF)]
                    ^ tables[6 * 256 + Int(mixed &>> 8 & 0xFF)]
                    ^ tables[5 * 256 + Int(mixed &>> 16 & 0xFF)]
                    ^ tables[4 * 256 + Int(mixed &>> 24 & 0xFF)]
                state ^=
                    unsafe tables[3 * 256 + Int(mixed &>> 32 & 0xFF)]
                    ^ tables[2 * 256 + Int(mixed &>> 40 & 0xFF)]
                    ^ tables[256 + Int(mixed &>> 48 & 0xFF)]
                    ^ tables[Int(mixed &>> 56)]
                index += 8
            }
            while index < bytes.count {
                // SAFETY: the mask keeps the place in the first table.
                state = unsafe state &>> 8 ^ tables[Int((state ^ UInt32(bytes[index])) & 0xFF)]
                index += 1
            }
            return ~state
        }
    }

    /// The checksum of an array.
    public static func checksum(of bytes: [UInt8]) -> UInt32 {
        // SAFETY: the buffer is used inside the closure only.
        unsafe bytes.withUnsafeBytes { unsafe checksum(of: $0) }
    }
}
