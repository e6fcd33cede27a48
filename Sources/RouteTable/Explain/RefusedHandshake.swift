/// Why the handshake of a WebSocket is refused before a route is looked for.
///
/// Written apart from the proxy's parser, for requests that users write down.
package struct RefusedHandshake: Equatable, Sendable {
    /// What the proxy answers: 400, or 426 to another version than 13.
    package var status: UInt16
    /// The rule that it breaks, in a sentence.
    package var rule: String

    private static let subprotocolsMax = 16

    private init(_ status: UInt16, _ rule: String) {
        self.status = status
        self.rule = rule
    }

    /// - Parameter headers: All that are sent.
    /// - Returns: nil if no WebSocket is asked for, or the handshake is in order.
    init?(method: String, headers: [DescribedRequest.Header]) {
        let fields = Fields(headers)
        guard fields.elements(of: "upgrade").contains(where: { $0.lowercased() == "websocket" })
        else { return nil }
        guard method == "GET" else {
            self.init(400, "a WebSocket is asked for by GET")
            return
        }
        guard !fields.haveContent else {
            self.init(400, "the handshake of a WebSocket has no content")
            return
        }
        guard fields.elements(of: "connection").contains(where: { $0.lowercased() == "upgrade" })
        else {
            self.init(400, "`Connection` names `Upgrade`")
            return
        }
        let versions = fields.values(of: "sec-websocket-version")
        guard versions.count <= 1 else {
            self.init(400, "`Sec-WebSocket-Version` is there once")
            return
        }
        guard versions == ["13"] else {
            self.init(426, "`Sec-WebSocket-Version` is 13")
            return
        }
        let keys = fields.values(of: "sec-websocket-key")
        guard keys.count == 1, Self.isKey(keys[0]) else {
            self.init(400, "`Sec-WebSocket-Key` is there once, with 16 bytes in base64")
            return
        }
        let names = fields.elements(of: "sec-websocket-protocol")
        guard names.count <= Self.subprotocolsMax, names.allSatisfy(DescribedRequest.isToken)
        else {
            self.init(
                400,
                "`Sec-WebSocket-Protocol` has at most \(Self.subprotocolsMax) names, each a token")
            return
        }
        return nil
    }

    private static func isKey(_ value: String) -> Bool {
        let bytes = Array(value.utf8)
        guard bytes.count == 24, value.hasSuffix("==") else { return false }
        return bytes.prefix(22).allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
                || (0x61...0x7A).contains(byte) || "+/".utf8.contains(byte)
        }
    }
}

/// Fields by their names.
private struct Fields {
    private let headers: [DescribedRequest.Header]

    init(_ headers: [DescribedRequest.Header]) { self.headers = headers }

    var haveContent: Bool {
        !values(of: "transfer-encoding").isEmpty
            || values(of: "content-length").contains { $0.contains { $0 != "0" } }
    }

    func values(of name: String) -> [String] {
        headers.filter { $0.name.lowercased() == name }.map { Self.trimmed($0.value[...]) }
    }

    /// The elements of lists that are not empty.
    func elements(of name: String) -> [String] {
        values(of: name).flatMap { value in
            value.split(separator: ",").map { Self.trimmed($0) }.filter { !$0.isEmpty }
        }
    }

    private static func trimmed(_ text: Substring) -> String {
        var rest = text
        while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
        while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
        return String(rest)
    }
}
