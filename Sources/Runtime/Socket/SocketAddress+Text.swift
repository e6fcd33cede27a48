internal import Glibc
internal import RouteTable

extension SocketAddress {
    /// Reads an address literal: `10.0.0.1`, `::1` or `[::1]`. Names are not literals.
    package init?(literal: some StringProtocol, port: UInt16) {
        let isBracketed = literal.hasPrefix("[") && literal.hasSuffix("]")
        let text = String(isBracketed ? literal.dropFirst().dropLast() : literal[...])
        // SAFETY: the text ends with a NUL for the call; inet_pton writes one address of the family
        // named, into a variable of that family's type.
        var ipv4 = in_addr()
        if !isBracketed, unsafe inet_pton(AF_INET, text, &ipv4) == 1 {
            self.init(ipv4: UInt32(bigEndian: ipv4.s_addr), port: port)
            return
        }
        var ipv6 = in6_addr()
        guard unsafe inet_pton(AF_INET6, text, &ipv6) == 1 else { return nil }
        // SAFETY: in6_addr is 16 bytes of plain data, which the array copies.
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

    /// `10.0.0.1:80` or `[::1]:80`. For messages; logs use ``text(includingPort:)``.
    package var description: String {
        // SAFETY: the bytes are copied before the text ends.
        unsafe text().bytes.withUnsafeBytes { unsafe String(decoding: $0, as: UTF8.self) }
    }

    /// The address as text, without allocating: `10.0.0.1:80`, `[::1]:80`; without the port
    /// `10.0.0.1`, `::1`. IPv6 in its canonical form (RFC 5952).
    package func text(includingPort: Bool = true) -> AddressText {
        var text = AddressText()
        if isIPv4 {
            for place in UInt64(0)..<4 {
                if place > 0 { text.append(UInt8(ascii: ".")) }
                text.append(
                    decimal: UInt8(truncatingIfNeeded: address.low &>> (24 &- 8 &* place)))
            }
        } else {
            if includingPort { text.append(UInt8(ascii: "[")) }
            appendIPv6(to: &text)
            if includingPort { text.append(UInt8(ascii: "]")) }
        }
        if includingPort {
            text.append(UInt8(ascii: ":"))
            text.append(decimal: port)
        }
        return text
    }

    private func appendIPv6(to text: inout AddressText) {
        let high = address.high.bigEndian
        let low = address.low.bigEndian
        var bits = (high, low)
        var written = InlineArray<46, UInt8>(repeating: 0)
        // SAFETY: the address is 16 bytes in network order; the room is INET6_ADDRSTRLEN bytes, and
        // what is written ends with a NUL.
        unsafe withUnsafeMutableBytes(of: &written) { room in
            let start = unsafe room.baseAddress?.assumingMemoryBound(to: CChar.self)
            _ = unsafe inet_ntop(AF_INET6, &bits, start, socklen_t(room.count))
        }
        var index = 0
        while index < 46, written[index] != 0 {
            text.append(written[index])
            index += 1
        }
    }
}
