import TestSupport
import Testing

@Suite("TLS")
struct TLSTests {
    private func curl(_ arguments: [String]) throws -> (exit: RunningProgram.Exit, output: String) {
        let result = try RunningProgram.run("curl", ["--silent", "--show-error"] + arguments)
        return (result.exit, result.output)
    }

    @Test("A TLS listener serves with its certificate, and says https to the origin")
    func listener() throws {
        let directory = try TemporaryDirectory()
        let certificate = try TestCertificate(in: directory)
        let origin = try TestOrigin()
        let proxy = try ProxyUnderTest(
            """
            listeners:
              - address: 127.0.0.1
                port: 8443
                tls: {certificate: "\(certificate.certificatePath)", key: "\(certificate.keyPath)"}
            \(ProxyUnderTest.everything(to: origin.port))
            """, listen: ["127.0.0.1:0=8443"], directory: directory)
        let result = try curl([
            "--cacert", certificate.certificatePath, "https://localhost:\(proxy.port)/echo",
            "--resolve", "localhost:\(proxy.port):127.0.0.1",
        ])
        #expect(result.exit == .code(0))
        #expect(result.output.contains("[\"X-Forwarded-Proto\",\"https\"]"))
        // A client that speaks plain HTTP to it harms nobody.
        let plain = try TestConnection(port: proxy.port)
        try plain.send(TestConnection.head("GET", "/"))
        _ = try plain.readToEnd()
        #expect(try curl(["-k", "https://127.0.0.1:\(proxy.port)/bytes/3"]).output == "abc")
    }

    @Test("A large answer and a large request pass a TLS listener whole")
    func bulk() throws {
        let directory = try TemporaryDirectory()
        let certificate = try TestCertificate(in: directory)
        let origin = try TestOrigin()
        let proxy = try ProxyUnderTest(
            """
            listeners:
              - address: 127.0.0.1
                port: 8443
                tls: {certificate: "\(certificate.certificatePath)", key: "\(certificate.keyPath)"}
            \(ProxyUnderTest.everything(to: origin.port))
            """, listen: ["127.0.0.1:0=8443"], directory: directory)
        let file = try directory.write("body", String(repeating: "0123456789", count: 500_000))
        let upload = try curl([
            "-k", "-T", file, "https://127.0.0.1:\(proxy.port)/echo", "-H", "Expect:",
        ])
        #expect(upload.output.contains("\"body_byte_count\":5000000"))
        let download = try curl([
            "-k", "-o", directory.file("out"), "https://127.0.0.1:\(proxy.port)/bytes/5000000",
        ])
        #expect(download.exit == .code(0))
        #expect(try directory.read("out").count == 5_000_000)
    }

    @Test("A TLS backend is reached when its certificate is right, and only then")
    func backend() throws {
        let directory = try TemporaryDirectory()
        let good = try TestCertificate(in: directory, name: "good")
        let other = try TestCertificate(
            in: directory, name: "other", subjectNames: ["DNS:other.example"])
        let goodOrigin = try TestOrigin(certificate: good)
        let otherOrigin = try TestOrigin(certificate: other)
        let proxy = try ProxyUnderTest(
            """
            services:
              good: {url: "https://127.0.0.1:\(goodOrigin.port)", tls: {ca: "\(good.certificatePath)"}}
              named:
                url: "https://127.0.0.1:\(otherOrigin.port)"
                tls: {ca: "\(other.certificatePath)", server_name: other.example}
              wrong_name: {url: "https://127.0.0.1:\(otherOrigin.port)", tls: {ca: "\(other.certificatePath)"}}
              wrong_root: {url: "https://127.0.0.1:\(goodOrigin.port)", tls: {ca: "\(other.certificatePath)"}}
              system: {url: "https://127.0.0.1:\(goodOrigin.port)"}
              unchecked: {url: "wss://127.0.0.1:\(goodOrigin.port)", tls: {insecure_skip_verify: true}}
            route_rules:
              - {pattern: /good/*, target: good, rewrite: {strip_prefix: /good}}
              - {pattern: /named/*, target: named, rewrite: {strip_prefix: /named}}
              - {pattern: /wrong-name, target: wrong_name}
              - {pattern: /wrong-root, target: wrong_root}
              - {pattern: /system, target: system}
              - {pattern: /unchecked/*, target: unchecked, rewrite: {strip_prefix: /unchecked}}
            """, directory: directory)
        for path in ["/good", "/named", "/unchecked"] {
            #expect(try proxy.request("GET", "\(path)/bytes/3").text == "abc", "\(path)")
        }
        for path in ["/wrong-name", "/wrong-root", "/system"] {
            #expect(try proxy.request("GET", path).status == 502, "\(path)")
            #expect(try proxy.accessLine(path).contains("\"fault\":\"upstream\""), "\(path)")
        }
        let socket = try proxy.connect()
        #expect(try socket.upgrade("/good/ws").status == 101)
        try socket.sendFrame(1, "over TLS")
        #expect(try socket.readFrame() == (1, Array("over TLS".utf8)))
    }

    @Test("A backend that speaks no TLS where it is due is a 502")
    func plainBackend() throws {
        let origin = try TestOrigin()
        let proxy = try ProxyUnderTest(
            """
            services: {origin: {url: "https://127.0.0.1:\(origin.port)"}}
            route_rules: [{pattern: /*, target: origin}]
            """)
        #expect(try proxy.request("GET", "/").status == 502)
    }
}
