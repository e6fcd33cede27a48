import TestSupport
import Testing

/// Goal: a health check goes the way that requests go.
@Suite("Health checks through a proxy on the way")
struct ProxiedHealthCheckTests {
    /// Why a backend behind the proxy is ill.
    enum Illness: CaseIterable {
        case badStatus, noWay, silence

        /// How long a check may take: only silence is to be waited for.
        var checkTimeout: String { self == .silence ? "2s" : "60s" }
    }

    /// Method: the proxy is both backends, whose names nobody else could resolve.
    @Test("Backends behind it are told apart", arguments: Illness.allCases)
    func toldApart(illness: Illness) throws {
        let onTheWay = try ConnectProxy { authority, peer in
            let isIll = authority.hasPrefix("ill.")
            if isIll, illness == .noWay {
                return try ConnectProxy.answer(peer, "", status: "502 No Way")
            }
            if isIll, illness == .silence { return _ = try peer.isAtEnd() }
            try ConnectProxy.open(peer)
            while !(try peer.isAtEnd()) {
                let isCheck = try peer.readHead()[0].hasPrefix("GET /health ")
                try ConnectProxy.answer(
                    peer, authority, status: isIll && isCheck ? "500 Ill" : "200 OK")
            }
        }
        let proxy = try ProxyUnderTest(
            """
            services:
              checked:
                load_balancer:
                  backends: [{url: "http://ill.invalid"}, {url: "http://well.invalid:81"}]
                upstream_proxy: "\(onTheWay.url)"
                health_check:
                  path: /health
                  interval: 50ms
                  timeout: \(illness.checkTimeout)
                  unhealthy_threshold: 1
            route_rules: [{pattern: /*, target: checked}]
            """, options: ["--workers", "1"])
        let down = try proxy.program.line(containing: "endpoint.down")
        let reason =
            switch illness {
            case .badStatus: "the answer was 500"
            case .noWay: "the proxy on the way refused the connection"
            case .silence: "dial timeout at the proxy on the way"
            }
        #expect(down.contains("ill.invalid") && down.contains(reason), "\(down)")
        try Deadline.poll("the worker knows") {
            try (0..<4).allSatisfy { _ in
                try proxy.request("GET", "/").text == "well.invalid:81"
            }
        }
        for _ in 0..<8 { #expect(try proxy.request("GET", "/").text == "well.invalid:81") }
        #expect(onTheWay.authorities.contains("ill.invalid:80"))
        let downs = proxy.program.lines.filter { $0.text.contains("endpoint.down") }
        #expect(downs.count == 1)
    }

    @Test(
        "A backend over TLS is checked through SOCKS5, by a request or by a WebSocket",
        .enabled(if: TestProxies.has("microsocks"), "run Scripts/bootstrap --tests"),
        arguments: [("https", "/bytes/1"), ("wss", "/ws")])
    func encrypted(scheme: String, path: String) throws {
        let directory = try TemporaryDirectory()
        let certificate = try TestCertificate(in: directory, name: "backend")
        let origin = try TestOrigin(certificate: certificate)
        let socks = try TestProxies.microsocks()
        func service(authority: String) -> String {
            """
            {url: "\(scheme)://localhost:\(origin.port)", \(authority)
             upstream_proxy: "socks5://127.0.0.1:\(socks.port)",
             health_check: {path: \(path), interval: 50ms, unhealthy_threshold: 1, expect: 200}}
            """
        }
        let admin = try AdminUnderTest(
            """
            services:
              trusted: \(service(authority: "tls: {ca: \"\(certificate.certificatePath)\"},"))
              strange: \(service(authority: ""))
            route_rules: [{pattern: /strange, target: strange}, {pattern: /*, target: trusted}]
            """)
        // The system's roots do not know the certificate, so its check has to fail.
        let down = try admin.proxy.program.line(containing: "endpoint.down")
        #expect(down.contains("strange"))
        try Deadline.poll("the other one was found well, more than once") {
            let lines = try admin.request("GET", "/metrics").text.split(separator: "\n")
            let checks = lines.filter {
                $0.hasPrefix("wsproxy_health_checks_total") && $0.contains("trusted")
            }
            #expect(checks.allSatisfy { !$0.contains("\"failed\"") || $0.hasSuffix(" 0") })
            return checks.contains {
                $0.contains("\"ok\"")
                    && ($0.split(separator: " ").last.flatMap { Double($0) } ?? 0) >= 2
            }
        }
    }
}
