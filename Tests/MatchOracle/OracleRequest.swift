package import RouteTable

/// One request as the oracle sees it: plain values, no ranges into a head.
package struct OracleRequest: Equatable, Sendable {
    package struct Header: Equatable, Sendable {
        package var name: String
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    /// As the client named it, possibly with a port.
    package var host = "example.com"
    /// The port that `port:` of a host rule is compared with.
    package var port: UInt16 = 8080
    package var method = "GET"
    /// As it came, without the query. May hold any bytes.
    package var path: [UInt8] = Array("/".utf8)
    /// What followed the first `?`, or nothing.
    package var query = ""
    package var headers: [Header] = []
    package var requestProtocol = RequestProtocol.http
    package var client = ClientAddress(ipv4: 0x7F00_0001)

    package init() {}
}

extension OracleRequest: CustomStringConvertible {
    /// One line that is enough to send the request again.
    package var description: String {
        var text = "\(method) host=\(host) listener=\(port) path=\(Self.readable(path))"
        if !query.isEmpty { text += " query=\(query)" }
        for header in headers { text += " [\(header.name): \(header.value)]" }
        return text + " \(requestProtocol) client=\(client.high),\(client.low)"
    }

    private static func readable(_ bytes: [UInt8]) -> String {
        let isPlain = bytes.allSatisfy { (0x21...0x7E).contains($0) }
        return isPlain ? String(decoding: bytes, as: UTF8.self) : "\(bytes)"
    }
}
