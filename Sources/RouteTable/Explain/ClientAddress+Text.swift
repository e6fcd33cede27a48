import Glibc

extension ClientAddress {
    /// Reads `10.1.2.3` or `2001:db8::1`; nil for anything else.
    package init?(text: String) {
        var ipv4 = in_addr()
        var ipv6 = in6_addr()
        // SAFETY: inet_pton reads the terminated text and writes one address of the family's size.
        if unsafe inet_pton(AF_INET, text, &ipv4) == 1 {
            self.init(ipv4: UInt32(bigEndian: ipv4.s_addr))
            return
        }
        // SAFETY: as above.
        guard unsafe inet_pton(AF_INET6, text, &ipv6) == 1 else { return nil }
        let words = unsafe withUnsafeBytes(of: &ipv6) { bytes in
            // SAFETY: the address has sixteen bytes.
            unsafe (
                bytes.loadUnaligned(fromByteOffset: 0, as: UInt64.self),
                bytes.loadUnaligned(fromByteOffset: 8, as: UInt64.self)
            )
        }
        self.init(high: UInt64(bigEndian: words.0), low: UInt64(bigEndian: words.1))
    }

    /// The usual spelling: `10.1.2.3`, `2001:db8::1`.
    package var text: String {
        var buffer = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        if isIPv4 {
            var address = in_addr(s_addr: UInt32(truncatingIfNeeded: low).bigEndian)
            // SAFETY: the buffer holds the longest text of either family.
            _ = unsafe inet_ntop(AF_INET, &address, &buffer, socklen_t(buffer.count))
        } else {
            var words = (high.bigEndian, low.bigEndian)
            // SAFETY: as above; the words are the sixteen bytes of the address.
            _ = unsafe inet_ntop(AF_INET6, &words, &buffer, socklen_t(buffer.count))
        }
        return String(
            decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

extension ClientAddress {
    /// The range of all addresses with the same leading bits, as it is usually written.
    ///
    /// - Parameter prefixLength: In IPv6 form: 96 more than what is written for IPv4.
    func cidr(prefixLength: UInt8) -> String {
        isIPv4 && prefixLength >= 96
            ? "\(text)/\(prefixLength - 96)" : "\(text)/\(prefixLength)"
    }
}
