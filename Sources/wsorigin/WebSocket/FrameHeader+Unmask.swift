extension FrameHeader {
    /// The payload without its mask (RFC 6455, 5.3).
    ///
    /// - Parameters:
    ///   - piece: Any part of the payload.
    ///   - offset: Where in the payload it begins.
    func unmask(_ piece: ArraySlice<UInt8>, at offset: UInt64) -> [UInt8] {
        guard let mask else { return Array(piece) }
        let pattern = (0..<8).map { mask[Int((offset &+ UInt64($0)) & 3)] }
        let word = pattern.reversed().reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        var plain = Array(piece)
        let wholeByteCount = plain.count & ~7
        // Eight bytes at a time: a byte at a time is most of what an unoptimised build does.
        // SAFETY: every offset is below a multiple of eight that is at most the count.
        unsafe plain.withUnsafeMutableBytes { bytes in
            for start in stride(from: 0, to: wholeByteCount, by: 8) {
                let masked = unsafe bytes.loadUnaligned(fromByteOffset: start, as: UInt64.self)
                unsafe bytes.storeBytes(
                    of: (UInt64(littleEndian: masked) ^ word).littleEndian, toByteOffset: start,
                    as: UInt64.self)
            }
        }
        for index in wholeByteCount..<plain.count { plain[index] ^= pattern[index & 7] }
        return plain
    }
}
