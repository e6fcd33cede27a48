import TestSupport
import Testing

@Suite("Signed tables, from the compiler to the proxy")
struct SignatureTests {
    private static let configuration = """
        route_rules:
          - {pattern: /*, respond: {status: 200, body: one, content_type: text/plain}}

        """
    private static let changed = """
        route_rules:
          - {pattern: /*, respond: {status: 200, body: two, content_type: text/plain}}

        """

    private let folder: TemporaryDirectory
    private let source: String
    private let key: String
    private let publicKey: String
    private let otherKey = TestKeys.path(TestKeys.otherPublic)

    init() throws {
        folder = try TemporaryDirectory()
        source = try folder.write("one.yaml", Self.configuration)
        key = try TestKeys.copy(TestKeys.signing, to: folder)
        publicKey = TestKeys.path(TestKeys.signingPublic)
    }

    private func compile(_ source: String, _ options: String...) throws -> String {
        let table = folder.file("signed.bin")
        let run = try RunningProgram.run(
            BuiltPrograms.path("wsroute"), ["compile", source, "-o", table] + options)
        guard run.exit == .code(0) else { throw TestSupportError(run.errors) }
        return table
    }

    @Test("compile --sign signs, and verify says by whom")
    func verify() throws {
        let table = try compile(source, "--sign", key)
        let plain = try WsrouteRun("verify", table)
        #expect(plain.status == 0, "\(plain.errors)")
        #expect(plain.output.contains("not checked: no key was given"))
        let checked = try WsrouteRun("verify", table, "--key", publicKey)
        #expect(checked.status == 0, "\(checked.errors)")
        #expect(checked.output.contains(", checked"))
        let other = try WsrouteRun("verify", table, "--key", otherKey)
        #expect(other.status == 1)
        #expect(other.errors.contains("signed by another key"))
        let unsigned = try WsrouteRun("verify", try compile(source), "--key", publicKey)
        #expect(unsigned.status == 1)
        #expect(unsigned.errors.contains("not signed"))
        #expect(try WsrouteRun("verify", table, "--key", folder.file("no.pem")).status == 2)
    }

    @Test("verify --config tells whether a table is that of a configuration")
    func config() throws {
        let table = try compile(source, "--sign", key)
        let same = try WsrouteRun("verify", table, "--config", source)
        #expect(same.status == 0, "\(same.errors)")
        #expect(same.output.contains("\(source) gives this table"))
        let other = try folder.write(
            "other.yaml",
            Self.configuration
                + "  - {pattern: /more, respond: {status: 200, body: x, content_type: a/b}}\n")
        let differs = try WsrouteRun("verify", table, "--config", other)
        #expect(differs.status == 1)
        #expect(differs.output.contains("/more"))
        #expect(differs.errors.contains("not the table of \(other)"))
        let faulty = try folder.write("faulty.yaml", "services: 5\n")
        #expect(try WsrouteRun("verify", table, "--config", faulty).status == 1)
    }

    @Test("A key that others may read, or that is none, signs nothing")
    func badKeys() throws {
        let output = folder.file("never.bin")
        let open = try TestKeys.copy(TestKeys.signing, to: folder, mode: 0o644)
        let encrypted = try TestKeys.copy(TestKeys.encrypted, to: folder)
        let otherKind = try TestKeys.copy(TestKeys.p256, to: folder)
        for (path, word) in [
            (open, "chmod 600"), (encrypted, "encrypted"), (otherKind, "not an Ed25519 key"),
            (folder.file("none.pem"), "no such file"), (folder.path, "not a regular file"),
        ] {
            let run = try WsrouteRun("compile", source, "-o", output, "--sign", path)
            #expect(run.status == 2, "\(path)")
            #expect(run.errors.hasPrefix("wsroute: \(path): "))
            #expect(run.errors.contains(word), "\(run.errors)")
            #expect(run.errors.split(separator: "\n").count == 1)
        }
        #expect(throws: (any Error).self) { try folder.read("never.bin") }
    }

    @Test("wsproxy --verify-key starts with a signed table and with no other")
    func start() throws {
        func check(
            _ table: String, _ key: String
        ) throws -> (status: RunningProgram.Exit, text: String) {
            let run = try RunningProgram.run(
                BuiltPrograms.path("wsproxy"), ["--routes", table, "--verify-key", key, "--check"])
            return (run.exit, run.output + run.errors)
        }
        let signed = try compile(source, "--sign", key)
        #expect(try check(signed, publicKey).status == .code(0))
        for (table, key, word) in [
            (signed, otherKey, "signed by another key"), (signed, self.key, "private key"),
            (signed, folder.file("none.pem"), "none.pem"),
        ] {
            let run = try check(table, key)
            #expect(run.status == .code(1))
            #expect(run.text.contains(word), "\(run.text)")
            #expect(run.text.split(separator: "\n").count == 1)
        }
        let unsigned = try check(try compile(source), publicKey)
        #expect(unsigned.status == .code(1))
        #expect(unsigned.text.contains("not signed"))
    }

    @Test("A reload with an unsigned table changes nothing and says so")
    func reload() throws {
        let proxy = try ProxyUnderTest(
            Self.configuration, options: ["--verify-key", publicKey],
            compileOptions: ["--sign", key])
        #expect(try proxy.request("GET", "/").text == "one")
        try ProxyUnderTest.compile(Self.changed, in: proxy.directory)
        let lineCount = proxy.program.lines.count
        proxy.program.send(1)
        let line = try proxy.program.line(containing: "reload.refused", from: lineCount)
        #expect(line.contains("not signed"))
        #expect(try proxy.request("GET", "/").text == "one")

        try ProxyUnderTest.compile(Self.changed, in: proxy.directory, options: ["--sign", key])
        proxy.program.send(1)
        _ = try proxy.program.line(containing: "reload.adopted", from: lineCount)
        #expect(try proxy.request("GET", "/").text == "two")
    }
}
