import Glibc
import TestSupport
import Testing

/// What clients of TLS listeners may rely on.
@Suite("Clients over TLS")
struct TLSClientTests {
    private func curl(_ arguments: [String]) throws -> (exit: RunningProgram.Exit, output: String) {
        let result = try RunningProgram.run(
            "curl", ["--silent", "--show-error", "--noproxy", "*"] + arguments)
        return (result.exit, result.output)
    }

    @Test("The subject of a client's certificate reaches the backend, and nobody can make one up")
    func subject() throws {
        let directory = try TemporaryDirectory()
        let certificate = try TestCertificate(in: directory)
        let client = try TestCertificate(in: directory, name: "client, Ltd")
        let origin = try TestOrigin()
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(
                to: origin.port,
                top: """
                    \(certificate.listeners(
                        ", client_ca: \"\(client.certificatePath)\", client_auth: optional"))
                    advanced: {security: {trusted_proxies: [127.0.0.0/8]}}
                    """),
            listen: ["127.0.0.1:0=8443", "127.0.0.1:0=8080"], directory: directory)
        let lies = [
            "-H", "X-Client-Cert-Subject: CN=root", "-H", "X_Client_Cert_Subject: CN=root",
            "-H", "X-Client-Cert-Anything: root",
        ]
        let url = "https://127.0.0.1:\(proxy.ports[0])/echo"
        // Twice on one connection: what is said does not depend on who asks first.
        let known = try curl(
            ["-k", "--cert", client.certificatePath, "--key", client.keyPath] + lies + [url, url])
        #expect(known.exit == .code(0))
        let said = "[\"X-Client-Cert-Subject\",\"CN=client\\\\, Ltd\"]"
        #expect(known.output.ranges(of: said).count == 2)
        #expect(!known.output.contains("root"))
        for place in ["-k \(url)", "http://127.0.0.1:\(proxy.ports[1])/echo"] {
            let unknown = try curl(lies + place.split(separator: " ").map(String.init))
            #expect(unknown.output.contains("X-Forwarded-For"))
            #expect(!unknown.output.lowercased().contains("client-cert"))
            #expect(!unknown.output.lowercased().contains("client_cert"))
        }
    }

    /// Goal: `optional` leaves it to the backend what a client without a certificate may do.
    @Test("A certificate without a subject is told apart from none")
    func noSubject() throws {
        let directory = try TemporaryDirectory()
        let certificate = try TestCertificate(in: directory)
        let client = try TestCertificate(in: directory, name: "")
        let origin = try TestOrigin()
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(
                to: origin.port,
                top: certificate.listeners(
                    ", client_ca: \"\(client.certificatePath)\", client_auth: optional")),
            listen: ["127.0.0.1:0=8443", "127.0.0.1:0=8080"], directory: directory)
        let url = "https://127.0.0.1:\(proxy.ports[0])/echo"
        let known = try curl(
            ["-k", "--cert", client.certificatePath, "--key", client.keyPath, url])
        #expect(known.output.contains("[\"X-Client-Cert-Subject\",\"\"]"))
        #expect(try !curl(["-k", url]).output.contains("X-Client-Cert-Subject"))
    }

    /// Goal: RFC 8446, 6.1. Method: Python waits for the answer to its own close_notify.
    @Test("A client that announces its end is answered in kind", arguments: ["TLSv1_2", "TLSv1_3"])
    func announcedEnd(version: String) throws {
        let directory = try TemporaryDirectory()
        let certificate = try TestCertificate(in: directory)
        let origin = try TestOrigin()
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(to: origin.port, top: certificate.listeners()),
            listen: ["127.0.0.1:0=8443", "127.0.0.1:0=8080"], directory: directory)
        let program = """
            import socket, ssl
            context = ssl._create_unverified_context()
            context.maximum_version = ssl.TLSVersion.\(version)
            plain = socket.create_connection(("127.0.0.1", \(proxy.ports[0])))
            session = context.wrap_socket(plain)
            session.sendall(b"GET /bytes/1 HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n")
            answer = b""
            while not answer.endswith(b"\\r\\n\\r\\na"):
                answer += session.recv(1000)
            print(session.version(), session.unwrap().recv(1))
            """
        let result = try RunningProgram.run("/usr/bin/env", ["python3", "-c", program])
        #expect(result.exit == .code(0), "\(result.errors)")
        #expect(result.output == "\(version.replacing("_", with: ".")) b''\n")
    }

    @Test("A certificate that is required is asked for")
    func required() throws {
        let directory = try TemporaryDirectory()
        let certificate = try TestCertificate(in: directory)
        let client = try TestCertificate(in: directory, name: "client")
        let stranger = try TestCertificate(in: directory, name: "stranger")
        let origin = try TestOrigin()
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(
                to: origin.port,
                top: certificate.listeners(", client_ca: \"\(client.certificatePath)\"")),
            listen: ["127.0.0.1:0=8443"], options: ["--log-level", "debug"], directory: directory)
        let url = "https://127.0.0.1:\(proxy.port)/bytes/3"
        #expect(
            try curl(["-k", "--cert", client.certificatePath, "--key", client.keyPath, url]).output
                == "abc")
        #expect(try curl(["-k", url]).exit != .code(0))
        #expect(
            try curl(["-k", "--cert", stranger.certificatePath, "--key", stranger.keyPath, url])
                .exit != .code(0))
        try proxy.program.line(containing: "the peer sent no certificate")
    }

    /// Method: another proxy is the client that keeps its connections.
    @Test("SIGHUP brings new certificates, and connections that are there go on")
    func reload() throws {
        let directory = try TemporaryDirectory()
        let first = try TestCertificate(in: directory)
        let origin = try TestOrigin()
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(to: origin.port, top: first.listeners()),
            listen: ["127.0.0.1:0=8443"], directory: directory)
        let client = try ProxyUnderTest(
            """
            services:
              tls: {url: "https://127.0.0.1:\(proxy.port)", tls: {insecure_skip_verify: true}}
            route_rules: [{pattern: /*, target: tls}]
            """)
        let socket = try client.connect()
        #expect(try socket.upgrade("/ws").status == 101)
        let kept = try directory.read("server.crt")
        try directory.write("old.crt", bytes: kept)
        // Written over the old ones.
        let second = try TestCertificate(in: directory)
        #expect(try directory.read("server.crt") != kept)
        let url = "https://127.0.0.1:\(proxy.port)/bytes/3"
        #expect(try curl(["--cacert", directory.file("old.crt"), url]).output == "abc")

        try proxy.reload()
        try Deadline.poll("every worker shows the new certificate") {
            try curl(["--cacert", second.certificatePath, url]).output == "abc"
        }
        try socket.sendFrame(1, "still here")
        #expect(try socket.readFrame() == (1, Array("still here".utf8)))

        // A key that does not fit changes nothing.
        try directory.write("server.key", "no key")
        let before = proxy.program.lines.count
        proxy.program.send(SIGHUP)
        let refused = try proxy.program.line(containing: "reload.refused", from: before)
        #expect(refused.contains("server.key"))
        #expect(try curl(["--cacert", second.certificatePath, url]).output == "abc")
        try socket.sendFrame(1, "and here")
        #expect(try socket.readFrame() == (1, Array("and here".utf8)))

        // Nor does what nobody would ever read to its end.
        try #require(unsafe unlink(second.keyPath) == 0 && mkfifo(second.keyPath, 0o600) == 0)
        let last = proxy.program.lines.count
        proxy.program.send(SIGHUP)
        let pipe = try proxy.program.line(containing: "reload.refused", from: last)
        #expect(pipe.contains("is no regular file"))
    }

    /// Goal: taking an authority away locks its clients out, whatever tickets they have.
    /// Method: OpenSSL's client keeps its session in a file.
    @Test(
        "A ticket is good after SIGHUP, and no longer once the authority's file is another one",
        arguments: ["-tls1_2", "-tls1_3"])
    func replacedAuthority(version: String) throws {
        let directory = try TemporaryDirectory()
        let certificate = try TestCertificate(in: directory)
        let client = try TestCertificate(in: directory, name: "client")
        let stranger = try TestCertificate(in: directory, name: "stranger")
        let authority = try directory.write(
            "ca.crt", bytes: directory.read("client.crt"))
        let origin = try TestOrigin()
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(
                to: origin.port, top: certificate.listeners(", client_ca: \"\(authority)\"")),
            listen: ["127.0.0.1:0=8443"], options: ["--workers", "1"], directory: directory)
        let session = directory.file("session")
        func ask(_ options: String...) throws -> String {
            try RunningProgram.run(
                "openssl",
                [
                    "s_client", "-connect", "127.0.0.1:\(proxy.port)", version, "-ign_eof",
                    "-cert", client.certificatePath, "-key", client.keyPath,
                ] + options,
                input: Array(
                    TestConnection.head("GET", "/bytes/3", fields: ["Connection: close"]).utf8)
            ).output
        }
        let first = try ask("-sess_out", session)
        #expect(first.contains("New, TLSv1") && first.contains("HTTP/1.1 200"), "\(first)")
        try proxy.reload()
        let second = try ask("-sess_in", session)
        #expect(second.contains("Reused, TLSv1") && second.contains("HTTP/1.1 200"), "\(second)")

        try directory.write("ca.crt", bytes: directory.read("stranger.crt"))
        try proxy.reload()
        try Deadline.poll("the worker trusts the other authority") {
            try !ask().contains("HTTP/1.1 200")
        }
        let third = try ask("-sess_in", session)
        #expect(!third.contains("Reused") && !third.contains("HTTP/1.1 200"), "\(third)")
        #expect(
            try curl([
                "-k", "--cert", stranger.certificatePath, "--key", stranger.keyPath,
                "https://127.0.0.1:\(proxy.port)/bytes/3",
            ]).output == "abc")
    }

    @Test("A plain listener sends clients to the one with TLS by a route")
    func redirect() throws {
        let directory = try TemporaryDirectory()
        let certificate = try TestCertificate(in: directory)
        let origin = try TestOrigin()
        let proxy = try ProxyUnderTest(
            """
            \(certificate.listeners())
            services: {origin: {url: "http://127.0.0.1:\(origin.port)"}}
            host_rules:
              - pattern: "*"
                port: 8080
                route_rules:
                  - {pattern: /*, redirect: {to: "https://{host}{path}{query}", status: 308}}
              - {pattern: "*", port: 8443, target: origin}
            """, listen: ["127.0.0.1:0=8080", "127.0.0.1:0=8443"], directory: directory)
        let answer = try proxy.request(
            "GET", "/bytes/3?a=b", fields: ["Host: www.example.com:8080"])
        #expect(answer.status == 308)
        #expect(answer.value("Location") == "https://www.example.com/bytes/3?a=b")
        #expect(try curl(["-k", "https://127.0.0.1:\(proxy.ports[1])/bytes/3"]).output == "abc")
    }

    /// Goal: who only connects takes no memory for TLS, and who speaks is served beside.
    @Test(
        "A client that says nothing costs no TLS session", .enabled(if: AllocationCounter.isUsable))
    func silent() throws {
        let directory = try TemporaryDirectory()
        let certificate = try TestCertificate(in: directory)
        let counter = try AllocationCounter(in: directory)
        let origin = try TestOrigin()
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(to: origin.port, top: certificate.listeners()),
            listen: ["127.0.0.1:0=8443", "127.0.0.1:0=8080"],
            options: ["--workers", "1", "--log-level", "warning"], environment: counter.environment,
            directory: directory)
        let url = "https://127.0.0.1:\(proxy.ports[0])/bytes/3"
        let countBefore = try proxy.program.descriptorCount()
        #expect(try curl(["-k", url]).output == "abc")
        // The connection to the backend stays.
        let descriptorCount = countBefore + 1
        try Deadline.poll("the first client is gone") {
            try proxy.program.descriptorCount() <= descriptorCount
        }
        var silent: [TestConnection] = []
        let allocationCount = try counter.allocationCount {
            for _ in 0..<50 { silent.append(try TestConnection(port: proxy.ports[0])) }
            try Deadline.poll("they are accepted") {
                try proxy.program.descriptorCount() >= descriptorCount + silent.count
            }
        }
        // A TLS session is more than ten by itself.
        #expect((0...200).contains(allocationCount))
        #expect(try curl(["-k", url]).output == "abc")
    }
}
