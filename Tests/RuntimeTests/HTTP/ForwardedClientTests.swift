import RouteTable
import Runtime
import Testing

@Suite("The client behind trusted proxies")
struct ForwardedClientTests {
    /// Trusts 10.0.0.0/8 and fd00::/8.
    private func isTrusted(_ address: ClientAddress) -> Bool {
        address.isIPv4 ? address.low >> 24 & 0xFF == 10 : address.high >> 56 == 0xFD
    }

    private func client(_ fields: String, peer: String = "10.0.0.1") -> String {
        let bytes = Array("GET / HTTP/1.1\r\nHost: a\r\n\(fields)\r\n".utf8)
        var parsed = HeaderFields()
        var resume = 0
        // SAFETY: the views are of bytes and are used while the arrays live.
        let head = unsafe bytes.span.bytes
        let outcome = RequestHeadParser.parse(
            head, limits: HeadLimits(), fields: &parsed, resume: &resume)
        guard case .complete = outcome, let peer = SocketAddress(literal: peer, port: 0) else {
            return "not parsed"
        }
        let found = ForwardedClient.address(
            peer: peer.address, fields: parsed, bytes: head, isTrusted: isTrusted)
        let text = SocketAddress(address: found, port: 0).description
        return String(text.dropLast(2))
    }

    @Test(
        "The last address that no trusted proxy has is the client's",
        arguments: [
            ("", "10.0.0.1"),
            ("X-Forwarded-For: 192.0.2.1\r\n", "192.0.2.1"),
            ("X-Forwarded-For: 1.1.1.1, 192.0.2.1\r\n", "192.0.2.1"),
            ("X-Forwarded-For: 1.1.1.1, 192.0.2.1, 10.9.9.9\r\n", "192.0.2.1"),
            ("X-Forwarded-For: 10.3.3.3, 10.2.2.2\r\n", "10.3.3.3"),
            ("X-Forwarded-For: 192.0.2.1\r\nX: y\r\nX-Forwarded-For: 10.2.2.2\r\n", "192.0.2.1"),
            ("X-Forwarded-For: 192.0.2.1:1234\r\n", "192.0.2.1"),
            ("X-Forwarded-For: 2001:db8::1\r\n", "[2001:db8::1]"),
            ("X-Forwarded-For: [2001:db8::1]:1234 , fd00::2\r\n", "[2001:db8::1]"),
            ("X-Forwarded-For: 192.0.2.1, , 10.2.2.2,\r\n", "192.0.2.1"),
            ("X-Forwarded-For: 192.0.2.1, unknown, 10.2.2.2\r\n", "10.2.2.2"),
            ("X-Forwarded-For: 192.0.2.1, 10.2.2\r\n", "10.0.0.1"),
            ("X-Forwarded-For: 192.0.2.1:x\r\n", "10.0.0.1"),
            ("X-Forwarded-For: [2001:db8::1\r\n", "10.0.0.1"),
            ("X-Forwarded-For:\r\n", "10.0.0.1"),
            ("Connection: X-Forwarded-For\r\nX-Forwarded-For: 192.0.2.1\r\n", "10.0.0.1"),
            ("X_Forwarded_For: 192.0.2.1\r\n", "10.0.0.1"),
        ])
    func trusted(fields: String, expected: String) {
        #expect(client(fields) == expected)
    }

    @Test("Nobody else is believed")
    func notTrusted() {
        #expect(client("X-Forwarded-For: 192.0.2.1\r\n", peer: "203.0.113.5") == "203.0.113.5")
    }
}
