import TestSupport
import Testing

/// Clients that nobody here wrote. Each script runs its cases against one proxy and prints a line for each.
@Suite("Interop")
struct InteropTests {
    /// A proxy with a plain and a TLS listener before one origin.
    private struct Stage {
        let certificate: TestCertificate
        let origin: TestOrigin
        let proxy: ProxyUnderTest

        init() throws {
            let directory = try TemporaryDirectory()
            certificate = try TestCertificate(in: directory)
            origin = try TestOrigin()
            proxy = try ProxyUnderTest(
                """
                listeners:
                  - {address: 127.0.0.1, port: 8080}
                  - address: 127.0.0.1
                    port: 8443
                    tls: {certificate: "\(certificate.certificatePath)", key: "\(certificate.keyPath)"}
                \(ProxyUnderTest.everything(to: origin.port))
                """, listen: ["127.0.0.1:0=8080", "127.0.0.1:0=8443"], directory: directory)
        }

        var plain: String { "127.0.0.1:\(proxy.ports[0])" }
        var encrypted: String { "127.0.0.1:\(proxy.ports[1])" }
    }

    private func runScript(_ name: String, _ arguments: [String]) throws {
        let result = try RunningProgram.run(
            BuiltPrograms.python, ["-B", BuiltPrograms.interop(name)] + arguments, seconds: 300)
        #expect(result.exit == .code(0), "\(result.output)\(result.errors)")
        #expect(result.output.contains("cases passed"))
    }

    @Test("websockets: text, binary, fragments, 1 MiB, close codes, subprotocol, deflate, wss")
    func websockets() throws {
        let stage = try Stage()
        try runScript(
            "websockets_cases.py",
            [
                "ws://\(stage.plain)", "wss://\(stage.encrypted)",
                stage.certificate.certificatePath,
            ])
    }

    @Test("PyJWT: what it makes is accepted, what it refuses is not")
    func jwt() throws {
        let directory = try TemporaryDirectory()
        try directory.write("secret", "a secret of more than thirty-two bytes")
        for (name, options) in [
            ("rsa", ["RSA", "-pkeyopt", "rsa_keygen_bits:2048"]),
            ("p256", ["EC", "-pkeyopt", "ec_paramgen_curve:P-256"]),
            ("p384", ["EC", "-pkeyopt", "ec_paramgen_curve:P-384"]), ("ed", ["ED25519"]),
        ] {
            let key = directory.file("\(name).pem")
            for arguments in [
                ["genpkey", "-algorithm"] + options + ["-out", key],
                ["pkey", "-in", key, "-pubout", "-out", directory.file("\(name).pub.pem")],
            ] {
                let result = try RunningProgram.run("openssl", arguments)
                #expect(result.exit == .code(0), "\(result.errors)")
            }
        }
        let origin = try TestOrigin()
        let guards = [
            ("HS256", "secret: {file: \(directory.file("secret"))}"), ("RS256", "rsa"),
            ("PS256", "rsa"), ("ES256", "p256"), ("ES384", "p384"), ("EdDSA", "ed"),
        ].map { name, key in
            let source =
                key.hasPrefix("secret") ? key : "public_key: \(directory.file("\(key).pub.pem"))"
            return "  - {name: \(name), type: auth, config: {jwt: {algorithms: [\(name)], "
                + "\(source), issuer: me, audience: web}}}"
        }
        let routes = ["HS256", "RS256", "PS256", "ES256", "ES384", "EdDSA"].map {
            "  - {pattern: /\($0)/*, target: origin, middlewares: [\($0)], "
                + "rewrite: {strip_prefix: /\($0)}}"
        }
        let proxy = try ProxyUnderTest(
            """
            services: {origin: {url: "http://127.0.0.1:\(origin.port)"}}
            middlewares:
            \(guards.joined(separator: "\n"))
            route_rules:
            \(routes.joined(separator: "\n"))
            """)
        try runScript("jwt_cases.py", ["http://127.0.0.1:\(proxy.port)", directory.path])
    }

    @Test("aiohttp: requests, uploads, downloads, WebSockets, TLS")
    func aiohttp() throws {
        let stage = try Stage()
        try runScript(
            "aiohttp_cases.py",
            [
                "http://\(stage.plain)", "https://\(stage.encrypted)",
                stage.certificate.certificatePath,
            ])
    }

    @Test("An event stream client reconnects and goes on where it stopped")
    func eventStream() throws {
        let stage = try Stage()
        try runScript("sse_cases.py", ["http://\(stage.plain)"])
    }

    /// A selection of what `make interop` runs: each case with each library once at either end.
    @Test("Conversations are the same with and without the proxy, on every path")
    func conversations() throws {
        try runScript("matrix_cases.py", [BuiltPrograms.directory, "--quick"])
    }

    /// Goal: where two widely used proxies see a fault in a request, this one does too.
    /// Method: the same random requests for all three. `Tests/Interop/differential.py` can do more of them.
    @Test("nginx and HAProxy refuse nothing that the proxy accepts")
    func differential() throws {
        let result = try RunningProgram.run(
            "python3",
            ["-B", BuiltPrograms.interop("differential.py"), BuiltPrograms.directory, "600"],
            seconds: 300)
        #expect(result.exit == .code(0), "\(result.output)\(result.errors)")
        let isDone = result.output.contains("\n0 accepted by wsproxy alone")
        #expect(isDone || result.output.contains("skipped"))
    }

    @Test("Schemas: the one for editors fits the fixtures, the SARIF output fits SARIF's")
    func schemas() throws {
        try runScript("schema_cases.py", [BuiltPrograms.path("wsroute"), BuiltPrograms.checkout])
    }

    @Test("The clients' scripts are right: they pass against the origin alone")
    func scriptsThemselves() throws {
        let directory = try TemporaryDirectory()
        let certificate = try TestCertificate(in: directory)
        let plain = try TestOrigin()
        let encrypted = try TestOrigin(certificate: certificate)
        let addresses = ("127.0.0.1:\(plain.port)", "127.0.0.1:\(encrypted.port)")
        try runScript(
            "websockets_cases.py",
            ["ws://\(addresses.0)", "wss://\(addresses.1)", certificate.certificatePath])
        try runScript(
            "aiohttp_cases.py",
            ["http://\(addresses.0)", "https://\(addresses.1)", certificate.certificatePath])
        try runScript("sse_cases.py", ["http://\(addresses.0)"])
    }
}
