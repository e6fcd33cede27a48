import RouteTable
import Runtime
import Testing

@Suite("Ways through a proxy")
struct ProxyRouteTests {
    private func route(_ proxy: String, _ host: String, _ port: UInt16) throws -> ProxyRoute {
        try ProxyRoute(through: try #require(ProxyAddress(text: proxy)), to: host, port: port)
    }

    @Test("SOCKS5 sends names as they are, so that the proxy resolves them")
    func socks() throws {
        let named = try route("socks5://127.0.0.1:1080", "ab.c", 258)
        #expect(named.opening == [5, 1, 0])
        #expect(named.request == [5, 1, 0, 3, 4, 97, 98, 46, 99, 1, 2])
        let literal = try route("socks5://u:p%40@127.0.0.1", "10.1.2.3", 80)
        #expect(literal.opening == [5, 2, 0, 2])
        #expect(literal.authentication == [1, 1, 117, 2, 112, 64])
        #expect(literal.request == [5, 1, 0, 1, 10, 1, 2, 3, 0, 80])
        let ipv6 = try route("socks5://p", "::1", 80)
        #expect(ipv6.request == [5, 1, 0, 4] + [UInt8](repeating: 0, count: 15) + [1, 0, 80])
    }

    /// Goal: no name is cut, for what is left of it may be another host's.
    @Test("What SOCKS5 has no room for is refused, and CONNECT takes it")
    func longTexts() throws {
        let name = String(repeating: "a", count: 255)
        #expect(try route("socks5://p", name, 1).request.count == 4 + 1 + 255 + 2)
        let authentication = try route("socks5://\(name):\(name)@p", "h", 1).authentication
        #expect(authentication.count == 3 + 2 * 255)
        for (proxy, host, what) in [
            ("socks5://p", name + "b", "the host has 256 bytes"),
            ("socks5://\(name)b:c@p", "h", "the user has 256 bytes"),
            ("socks5://u:\(name)b@p", "h", "the password has 256 bytes"),
        ] {
            let error = #expect(throws: StartupError.self) { try route(proxy, host, 1) }
            #expect(error?.message.contains(what) == true)
            #expect(error?.message.contains(name) != true)
            let other = proxy.replacing("socks5", with: "http")
            #expect(try route(other, host, 1).request.isEmpty)
        }
    }

    @Test("CONNECT names host and port, and credentials are Basic")
    func connect() throws {
        let route = try route("http://Aladdin:open%20sesame@proxy:3128", "::1", 443)
        #expect(
            String(decoding: route.opening, as: UTF8.self) == """
                CONNECT [::1]:443 HTTP/1.1\r\nHost: [::1]:443\r
                Proxy-Authorization: Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==\r\n\r\n
                """)
        #expect(route.address.host == "proxy" && route.address.port == 3128)
    }

    @Test(
        "URLs of proxies",
        arguments: [
            ("socks5://a", "a", 1080), ("socks5h://A.B:9/", "a.b", 9),
            ("proxy:3128", "proxy", 3128),
            ("http://[::1]:8", "::1", 8), ("https://h", "h", 443), ("http://u@h", "h", 80),
        ] as [(String, String, UInt16)])
    func addresses(text: String, host: String, port: UInt16) throws {
        let address = try #require(ProxyAddress(text: text))
        #expect(address.host == host && address.port == port)
    }

    @Test(
        "What is no proxy is refused",
        arguments: [
            "", "ftp://a", "http://", "http://a:b", "http://a:0", "http://a b", "http://a/b",
        ])
    func invalid(text: String) {
        #expect(ProxyAddress(text: text) == nil)
    }

    @Test("The variables are read in their order")
    func environment() throws {
        let all = [
            "SOCKS_PROXY": "a:1", "HTTPS_PROXY": "b:2", "HTTP_PROXY": "c:3", "NO_PROXY": "x.test",
        ]
        let first = try ProxyEnvironment { all[$0] }
        #expect(first.address?.host == "a" && first.address?.scheme == .socks5)
        #expect(first.proxy(for: "x.test", port: 80) == nil)
        #expect(first.proxy(for: "y.test", port: 80) != nil)
        let second = try ProxyEnvironment { $0 == "SOCKS_PROXY" ? "" : all[$0] }
        #expect(second.address?.host == "b" && second.address?.scheme == .http)
        #expect(try ProxyEnvironment { _ in nil }.address == nil)
        #expect(throws: StartupError.self) {
            try ProxyEnvironment { $0 == "HTTP_PROXY" ? "ftp://secret@x" : nil }
        }
    }

    @Test(
        "NO_PROXY",
        arguments: [
            ("example.com", "example.com", true), ("example.com", "a.example.com", true),
            (".example.com", "a.example.com", true), ("*.example.com", "a.example.com", true),
            ("example.com", "badexample.com", false), ("example.com:80", "example.com", true),
            ("example.com:81", "example.com", false), ("10.0.0.0/8", "10.1.2.3", true),
            ("10.0.0.0/8", "11.1.2.3", false), ("10.0.0.1", "10.0.0.1", true),
            ("::1", "::1", true), ("fd00::/8", "fd12::1", true), ("*", "anything", true),
            ("a, b,c d", "c", true), ("", "a", false), (",,", "a", false),
            ("10.0.0.0/99", "10.0.0.1", false),
        ])
    func exceptions(text: String, host: String, isException: Bool) {
        #expect(ProxyExceptions(text).contain(host, port: 80) == isException)
    }
}
