import Glibc

extension ClientAddress {
    /// The longest address in text: an IPv6 address that ends with an IPv4 one.
    private static let literalByteCountMax = 45

    /// Reads an address without a port, as `inet_pton` does; nil for anything else.
    package init?(literal: RawSpan) {
        guard literal.byteCount > 0, literal.byteCount <= Self.literalByteCountMax else {
            return nil
        }
        var text = InlineArray<46, CChar>(repeating: 0)
        for offset in 0..<literal.byteCount {
            // SAFETY: the load checks its offset; any byte is a UInt8.
            let byte = unsafe literal.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
            guard byte > 0, byte < 0x80 else { return nil }
            text[offset] = CChar(byte)
        }
        let span = text.span
        var ipv4 = in_addr()
        var ipv6 = in6_addr()
        // SAFETY: the text ends with a NUL, which `literalByteCountMax` leaves room for; inet_pton writes
        // one address of the family named, into a variable of that family's type.
        let family: Int32? = unsafe span.withUnsafeBufferPointer { text -> Int32? in
            guard let start = text.baseAddress else { return nil }
            if unsafe inet_pton(AF_INET, start, &ipv4) == 1 { return AF_INET }
            return unsafe inet_pton(AF_INET6, start, &ipv6) == 1 ? AF_INET6 : nil
        }
        guard let family else { return nil }
        if family == AF_INET {
            self.init(ipv4: UInt32(bigEndian: ipv4.s_addr))
            return
        }
        // SAFETY: in6_addr is 16 bytes; both reads lie inside it.
        let (high, low) = unsafe withUnsafeBytes(of: &ipv6) { bytes in
            unsafe (
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self)),
                UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self))
            )
        }
        self.init(high: high, low: low)
    }

    /// What counts as one client where clients are counted: an IPv4 address, or the first 64 bits of an
    /// IPv6 address, of which a host may have as many as it likes (RFC 4291, 2.5.1).
    package var network: ClientAddress {
        isIPv4 ? self : ClientAddress(high: high, low: 0)
    }
}
