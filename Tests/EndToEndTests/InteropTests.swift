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
