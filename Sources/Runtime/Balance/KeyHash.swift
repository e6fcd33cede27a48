package import RouteTable
internal import TableFormat

/// Hashes of what requests are spread by. The same in every process, so that two proxies agree.
///
/// Not cryptographic: who knows it can crowd one endpoint, which the bound on its load limits.
package enum KeyHash {
    private static let seed: UInt64 = 0x7773_726F_7574_6531

    /// The hash of some bytes of a request.
    package static func bytes(_ bytes: RawSpan) -> UInt64 {
        // SAFETY: the pointer is used inside the closure only, with the span's own count.
        unsafe bytes.withUnsafeBytes { buffer in
            guard let start = buffer.baseAddress else { return TableHash.fold(seed, ~seed) }
            return unsafe mixed(TableHash.bytes(start, count: buffer.count, seed: seed))
        }
    }

    /// The hash of a client's address.
    package static func address(_ address: ClientAddress) -> UInt64 {
        mixed(mixed(address.high ^ seed) &+ address.low)
    }

    /// One of several hashes of the same text.
    static func text(_ text: [UInt8], number: UInt64) -> UInt64 {
        mixed(TableHash.bytes(text, seed: seed) ^ mixed(number &+ 1))
    }

    /// Every bit of the result depends on every bit of `bits` (Stafford's thirteenth mix).
    private static func mixed(_ bits: UInt64) -> UInt64 {
        var bits = bits
        bits = (bits ^ (bits &>> 30)) &* 0xBF58_476D_1CE4_E5B9
        bits = (bits ^ (bits &>> 27)) &* 0x94D0_49BB_1331_11EB
        return bits ^ (bits &>> 31)
    }
}
