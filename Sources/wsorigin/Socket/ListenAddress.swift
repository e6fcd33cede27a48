internal import Glibc

/// An address and a port to listen on, such as `127.0.0.1:0` or `[::1]:9000`.
struct ListenAddress: Equatable {
    let host: String
    let port: UInt16

    /// - Returns: `nil` unless it is an IPv4 address, or an IPv6 address in brackets, and a port.
    init?(_ text: String) {
        guard let colon = text.lastIndex(of: ":"),
            let port = UInt16(text[text.index(after: colon)...])
        else { return nil }
        var host = text[..<colon]
        if host.hasPrefix("["), host.hasSuffix("]") {
            host = host.dropFirst().dropLast()
            guard host.contains(":") else { return nil }
        } else if host.contains(":") {
            return nil
        }
        self.host = String(host)
        self.port = port
        guard isIPv6 ? ipv6() != nil : ipv4() != nil else { return nil }
    }

    var isIPv6: Bool { host.contains(":") }

    func ipv4() -> sockaddr_in? {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        // SAFETY: inet_pton writes an in_addr for AF_INET.
        return unsafe inet_pton(AF_INET, host, &address.sin_addr) == 1 ? address : nil
    }

    func ipv6() -> sockaddr_in6? {
        var address = sockaddr_in6()
        address.sin6_family = sa_family_t(AF_INET6)
        address.sin6_port = port.bigEndian
        // SAFETY: inet_pton writes an in6_addr for AF_INET6.
        return unsafe inet_pton(AF_INET6, host, &address.sin6_addr) == 1 ? address : nil
    }
}

extension ListenAddress: CustomStringConvertible {
    var description: String { isIPv6 ? "[\(host)]:\(port)" : "\(host):\(port)" }
}
