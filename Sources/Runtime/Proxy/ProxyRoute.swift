internal import RouteTable

/// The way to one endpoint through a proxy: what to dial, and all that is said, made once.
package struct ProxyRoute: Sendable {
    package let address: ProxyAddress
    /// Sent as soon as the proxy is reached.
    package let opening: [UInt8]
    /// SOCKS5: user and password, where the proxy asks for them.
    package let authentication: [UInt8]
    /// SOCKS5: the request for a connection.
    package let request: [UInt8]

    package var isSOCKS: Bool { address.scheme == .socks5 }

    /// - Parameter host: Of the endpoint: a name, which the proxy resolves, or an address literal
    ///   without brackets.
    /// - Throws: ``StartupError`` if SOCKS5 has no room for what has to be said: half a name is another one.
    package init(
        through address: ProxyAddress, to host: String, port: UInt16
    ) throws(StartupError) {
        self.address = address
        guard address.scheme != .socks5 else {
            for (what, count) in [
                ("host", host.utf8.count), ("user", address.user?.count ?? 0),
                ("password", address.password?.count ?? 0),
            ] where count > Self.textByteCountMax {
                throw StartupError(
                    "SOCKS5 at \(address.host):\(address.port): the \(what) has \(count) bytes,"
                        + " and \(Self.textByteCountMax) at most can be said;"
                        + " an http:// proxy takes longer ones")
            }
            // Method 0 is no authentication, 2 is user and password.
            opening = address.user == nil ? [5, 1, 0] : [5, 2, 0, 2]
            authentication = Self.authentication(address)
            request = [5, 1, 0] + Self.target(host) + [UInt8(port >> 8), UInt8(port & 0xFF)]
            return
        }
        let authority = host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        var head = "CONNECT \(authority) HTTP/1.1\r\nHost: \(authority)\r\n"
        if let user = address.user {
            let credentials = user + [UInt8(ascii: ":")] + (address.password ?? [])
            head += "Proxy-Authorization: Basic \(Self.base64(credentials))\r\n"
        }
        opening = Array("\(head)\r\n".utf8)
        authentication = []
        request = []
    }

    /// Lengths of names, users and passwords are said in one byte.
    private static let textByteCountMax = 255

    /// RFC 1929, 2.
    private static func authentication(_ address: ProxyAddress) -> [UInt8] {
        guard let user = address.user else { return [] }
        let password = address.password ?? []
        return [1, UInt8(user.count)] + user + [UInt8(password.count)] + password
    }

    /// The type and the bytes of an address (RFC 1928, 5).
    private static func target(_ host: String) -> [UInt8] {
        guard let literal = SocketAddress(literal: host, port: 0) else {
            let name = Array(host.utf8)
            return [3, UInt8(name.count)] + name
        }
        func bytes(_ word: UInt64, _ count: Int) -> [UInt8] {
            (0..<count).map {
                UInt8(truncatingIfNeeded: word >> UInt64(8 * (count - 1 - $0)))
            }
        }
        if literal.isIPv4 { return [1] + bytes(literal.address.low, 4) }
        return [4] + bytes(literal.address.high, 8) + bytes(literal.address.low, 8)
    }

    private static func base64(_ bytes: [UInt8]) -> String {
        let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        var text = ""
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let group = bytes[start..<min(start + 3, bytes.count)]
            let padded = Array(group) + [UInt8](repeating: 0, count: 3 - group.count)
            let bits = padded.reduce(0) { $0 << 8 | Int($1) }
            for digit in 0..<4 {
                text.append(digit > group.count ? "=" : digits[bits >> (18 - 6 * digit) & 63])
            }
        }
        return text
    }
}
