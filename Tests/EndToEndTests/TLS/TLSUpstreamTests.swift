import TestSupport
import Testing

/// What backends over TLS see, and what the log says of them.
@Suite("Backends over TLS")
struct TLSUpstreamTests {
    @Test(
        "A new connection takes up the last session with its endpoint",
        arguments: ["-tls1_2", "-tls1_3"])
    func resumption(version: String) throws {
        let directory = try TemporaryDirectory()
        let certificate = try TestCertificate(in: directory)
        let port = try ScriptedBackend.refusingPort()
        // Answers each request with what it knows of the connection, and ends it.
        let server = try RunningProgram(
            "openssl",
            [
                "s_server", "-www", version, "-accept", "127.0.0.1:\(port)", "-cert",
                certificate.certificatePath, "-key", certificate.keyPath,
            ])
        try server.line(containing: "ACCEPT")
        let proxy = try ProxyUnderTest(
            """
            services:
              tls: {url: "https://127.0.0.1:\(port)", tls: {ca: "\(certificate.certificatePath)"}}
            route_rules: [{pattern: /*, target: tls}]
            """, options: ["--workers", "1"])
        let answers = try (0..<6).map { _ in try proxy.request("GET", "/").text }
        #expect(answers.count { $0.contains("New, TLS") } == 1)
        #expect(answers.count { $0.contains("Reused, TLS") } == 5)
    }

    @Test("The log says what is wrong with a backend's certificate")
    func reasons() throws {
        let directory = try TemporaryDirectory()
        let good = try TestCertificate(in: directory, name: "good")
        let named = try TestCertificate(
            in: directory, name: "named", subjectNames: ["DNS:other.example"])
        let expired = try TestCertificate(in: directory, name: "expired", isExpired: true)
        let origins = try (
            good: TestOrigin(certificate: good), named: TestOrigin(certificate: named),
            expired: TestOrigin(certificate: expired), plain: TestOrigin()
        )
        let proxy = try ProxyUnderTest(
            """
            services:
              expired:
                url: "https://127.0.0.1:\(origins.expired.port)"
                tls: {ca: "\(expired.certificatePath)"}
              name:
                url: "https://127.0.0.1:\(origins.named.port)"
                tls: {ca: "\(named.certificatePath)"}
              issuer: {url: "https://127.0.0.1:\(origins.good.port)"}
              plain: {url: "https://127.0.0.1:\(origins.plain.port)"}
            route_rules:
              - {pattern: /expired, target: expired}
              - {pattern: /name, target: name}
              - {pattern: /issuer, target: issuer}
              - {pattern: /plain, target: plain}
            """)
        let reasons = [
            ("/expired", "the certificate has expired", origins.expired.port),
            ("/name", "the certificate is for another name", origins.named.port),
            ("/issuer", "the certificate is self-signed", origins.good.port),
            ("/plain", "the peer does not speak TLS", origins.plain.port),
        ]
        for (path, reason, port) in reasons {
            let lineCount = proxy.program.lines.count
            #expect(try proxy.request("GET", path).status == 502, "\(path)")
            let event = try proxy.program.line(containing: reason, from: lineCount)
            #expect(event.contains("tls.upstream_handshake_failed"))
            #expect(event.contains("127.0.0.1:\(port)"))
            let access = try proxy.accessLine(path)
            #expect(access.contains("\"fault\":\"upstream\""))
            #expect(access.contains("TLS handshake failed"))
        }
    }
}
