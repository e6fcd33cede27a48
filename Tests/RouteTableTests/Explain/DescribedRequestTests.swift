import RouteTable
import Testing

@Suite("Requests that users write down")
struct DescribedRequestTests {
    @Test(
        "are cut at the delimiters of the URL",
        arguments: [
            ("http://a.test/x?q=1", "a.test", 80, "/x", "q=1"), ("a.test", "a.test", 80, "/", ""),
            ("https://a.test", "a.test", 443, "/", ""),
            ("a.test:8080/x", "a.test:8080", 8080, "/x", ""),
            ("ws://[::1]:9000/x", "[::1]:9000", 9000, "/x", ""),
            ("wss://[::1]", "[::1]", 443, "/", ""),
            ("http://a.test?q", "a.test", 80, "/", "q"),
            ("http://a.test/x#y", "a.test", 80, "/x", ""),
            ("http://a.test/x?a=http://b/", "a.test", 80, "/x", "a=http://b/"),
            ("HTTP://A.Test/%2e", "A.Test", 80, "/%2e", ""),
            ("a.test/http://b", "a.test", 80, "/http://b", ""),
        ] as [(String, String, UInt16, String, String)])
    func parts(url: String, host: String, port: UInt16, path: String, query: String) throws {
        let request = try DescribedRequest(url: url)
        #expect(request.host == host)
        #expect(request.listenerPort == port)
        #expect(request.path == path)
        #expect(request.query == query)
    }

    @Test(
        "are refused where no request could be meant",
        arguments: [
            ("ftp://a/", .unknownScheme("ftp")), ("http:///x", .missingHost), ("/x", .missingHost),
            ("http://u:p@a/", .userInfo), ("http://a:0/", .invalidPort("0")),
            ("http://a:x/", .invalidPort("x")), ("http://a:65536/", .invalidPort("65536")),
            ("http://:80/", .missingHost),
        ] as [(String, DescribedRequestError)])
    func faults(url: String, expected: DescribedRequestError) {
        #expect(throws: expected) { try DescribedRequest(url: url) }
    }

    @Test("are upgrades by their scheme or by their headers")
    func protocols() throws {
        typealias Header = DescribedRequest.Header
        let upgrade = [
            Header(name: "Upgrade", value: "websocket"),
            Header(name: "connection", value: "keep-alive, Upgrade"),
            Header(name: "Sec-WebSocket-Version", value: "13"),
            Header(name: "Sec-WebSocket-Key", value: "dGhlIHNhbXBsZSBub25jZQ=="),
        ]
        #expect(try DescribedRequest(url: "wss://a/").requestProtocol == .webSocket)
        #expect(
            try DescribedRequest(url: "http://a/", headers: upgrade).requestProtocol == .webSocket)
        #expect(
            try DescribedRequest(url: "http://a/", headers: [upgrade[0]]).requestProtocol == .http)
        let posted = try DescribedRequest(method: "POST", url: "ws://a/")
        #expect(posted.requestProtocol == .http && posted.refusedHandshake?.status == 400)
        let events = [Header(name: "Accept", value: "text/html, text/event-stream;q=0.9")]
        #expect(try DescribedRequest(url: "http://a/", headers: events).requestProtocol == .sse)
    }

    @Test(
        "have clients in the usual spelling",
        arguments: ["10.1.2.3", "::1", "2001:db8::5", "255.255.255.255"])
    func addresses(text: String) throws {
        #expect(try #require(ClientAddress(text: text)).text == text)
    }

    @Test(
        "have no clients that are no addresses", arguments: ["", "10.1.2", "a", "1.2.3.4.5", "::g"])
    func noAddresses(text: String) {
        #expect(ClientAddress(text: text) == nil)
    }
}
