import RouteTable

/// One request as the oracle sees it: plain values, no ranges into a head.
struct OracleRequest: Equatable, Sendable {
    struct Header: Equatable, Sendable {
        var name: String
        var value: String
    }

    /// As the client named it, possibly with a port.
    var host = "example.com"
    /// The port that `port:` of a host rule is compared with.
    var port: UInt16 = 8080
    var method = "GET"
    /// As it came, without the query. May hold any bytes.
    var path: [UInt8] = Array("/".utf8)
    /// What followed the first `?`, or nothing.
    var query = ""
    var headers: [Header] = []
    var requestProtocol = RequestProtocol.http
    var client = ClientAddress(ipv4: 0x7F00_0001)
}

extension OracleRequest: CustomStringConvertible {
    /// One line that is enough to send the request again.
    var description: String {
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
