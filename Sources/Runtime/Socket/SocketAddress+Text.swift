internal import Glibc
internal import RouteTable

extension SocketAddress {
    /// Reads an address literal: `10.0.0.1`, `::1` or `[::1]`. Names are not literals.
    package init?(literal: some StringProtocol, port: UInt16) {
        let isBracketed = literal.hasPrefix("[") && literal.hasSuffix("]")
        let text = String(isBracketed ? literal.dropFirst().dropLast() : literal[...])
        var ipv4 = in_addr()
        if !isBracketed, unsafe inet_pton(AF_INET, text, &ipv4) == 1 {
            self.init(ipv4: UInt32(bigEndian: ipv4.s_addr), port: port)
            return
        }
        var ipv6 = in6_addr()
        guard unsafe inet_pton(AF_INET6, text, &ipv6) == 1 else { return nil }
        // SAFETY: in6_addr is 16 bytes of plain data.
        let bytes = unsafe withUnsafeBytes(of: &ipv6) { unsafe [UInt8]($0) }
        self.init(networkOrder: bytes, port: port)
    }

    /// Reads `ADDR:PORT`, `[::1]:PORT`, `*:PORT` or a port alone; the last two mean all addresses.
    package init?(parsing text: some StringProtocol) {
        let colon = text.lastIndex(of: ":")
        let digits = colon.map { text[text.index(after: $0)...] } ?? text[...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
            let port = UInt16(digits)
        else { return nil }
        let host = colon.map { text[..<$0] }
        guard let host, host != "*" else {
            self = .any(port: port)
            return
        }
        // Without brackets the last group of an IPv6 address would pass for a port.
        guard host.hasPrefix("[") || !host.contains(":") else { return nil }
        self.init(literal: host, port: port)
    }

    /// `10.0.0.1:80` or `[::1]:80`. For messages; logs use ``withText(includingPort:_:)``.
    package var description: String {
        withText { text in
            var result = ""
            for offset in 0..<text.byteCount {
                let byte = unsafe text.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
                result.unicodeScalars.append(Unicode.Scalar(byte))
            }
            return result
        }
    }

    /// Lends the address as text, without allocating: `10.0.0.1:80`, `[::1]:80`; without the port
    /// `10.0.0.1`, `::1`.
    package func withText<Result>(includingPort: Bool = true, _ body: (RawSpan) -> Result) -> Result {
        var room = InlineArray<64, UInt8>(repeating: 0)
        var count = 0
        func append(_ byte: UInt8) {
            room[count] = byte
            count += 1
        }
        func append(decimal number: UInt16) {
            var divisor: UInt16 = 10_000
            while divisor > 1, divisor > number { divisor /= 10 }
            while divisor > 0 {
                append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
                divisor /= 10
            }
        }

        if isIPv4 {
            for place in UInt64(0)..<4 {
                if place > 0 { append(UInt8(ascii: ".")) }
                append(decimal: UInt16(address.low &>> (24 &- 8 &* place) & 0xFF))
            }
        } else {
            if includingPort { append(UInt8(ascii: "[")) }
            count += writeIPv6(into: &room, at: count)
            if includingPort { append(UInt8(ascii: "]")) }
        }
        if includingPort {
            append(UInt8(ascii: ":"))
            append(decimal: port)
        }
        // SAFETY: bytes are plain data.
        return unsafe body(room.span.extracting(0..<count).bytes)
    }

    /// Writes the canonical text of an IPv6 address (RFC 5952) and returns its length.
    private func writeIPv6(into room: inout InlineArray<64, UInt8>, at start: Int) -> Int {
        withSockAddr { pointer, _ in
            // SAFETY: an address that is not IPv4 is lent as sockaddr_in6.
            unsafe pointer.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { ipv6 in
                var bits = unsafe ipv6.pointee.sin6_addr
                var text = InlineArray<46, UInt8>(repeating: 0)
                // SAFETY: INET6_ADDRSTRLEN is 46; the text ends with a NUL.
                unsafe withUnsafeMutableBytes(of: &text) { bytes in
                    let start = unsafe bytes.assumingMemoryBound(to: CChar.self).baseAddress
                    _ = unsafe inet_ntop(AF_INET6, &bits, start, socklen_t(bytes.count))
                }
                var length = 0
                while length < 46, text[length] != 0 {
                    room[start + length] = text[length]
                    length += 1
                }
                return length
            }
        }
    }
}
