import Diagnostics
import Glibc
import RouteSyntax
import Testing
import Validate

/// Goal: what users read stays as it was judged good.
/// Method: each faulty file has its whole expected output beside it. With `WSROUTE_RECORD_FIXTURES` set
/// in the environment the outputs are written instead of compared; read the difference before keeping it.
@Suite("Faulty configurations")
struct FaultyFixtureTests {
    private static let names = Fixtures.names(in: "faulty", suffix: ".yaml")

    @Test("A faulty fixture gives exactly its expected output", arguments: names)
    func faulty(name: String) throws {
        let files = DiskFiles(root: "\(Fixtures.folder)/faulty")
        let result = try ConfigurationReader.read(name, from: files, environment: Environment())
        let diagnostics = result.diagnostics(inertSeverity: .warning)
        let text = DiagnosticFormat.text.render(diagnostics, of: result.sources)
        let path = "\(Fixtures.folder)/faulty/\(name.dropLast(5)).expected"
        if unsafe getenv("WSROUTE_RECORD_FIXTURES") != nil { Fixtures.write(text, to: path) }
        #expect(text == Fixtures.text(path))
        #expect(!diagnostics.isEmpty)
        let hasErrors = diagnostics.contains { $0.severity == .error }
        #expect((result.configuration == nil) == hasErrors)
    }

    @Test("A pattern that is suggested is accepted")
    func suggestions() throws {
        var suggested = 0
        for name in Self.names {
            let files = DiskFiles(root: "\(Fixtures.folder)/faulty")
            let result = try ConfigurationReader.read(name, from: files, environment: Environment())
            let text = Fixtures.text("\(Fixtures.folder)/faulty/\(name)") ?? ""
            let keepsEncodedSlash = text.contains("encoded_slash: keep")
            for diagnostic in result.diagnostics(inertSeverity: .warning)
            where [.pathNotCanonical, .invalidPathPattern].contains(diagnostic.code) {
                let parts = diagnostic.suggestion?.split(separator: "`") ?? []
                guard parts.count >= 2, parts[0] == "write ", parts[1].hasPrefix("/") else {
                    continue
                }
                suggested += 1
                let isAccepted = PathPattern.canBeWritten(
                    String(parts[1]), keepsEncodedSlash: keepsEncodedSlash)
                #expect(isAccepted, "\(name): \(parts[1])")
            }
        }
        #expect(suggested > 5)
    }

    @Test("Zero is a leeway, and an age of preflight answers")
    func zero() throws {
        let text = """
            middlewares:
              - {name: a, type: auth, config: {jwt: {algorithms: [HS256], secret: {env: X}, leeway: 0}}}
              - {name: c, type: cors, config: {allowed_origins: ["https://a.test"], max_age: 0}}
            route_rules: [{pattern: /a, respond: {status: 200}, middlewares: [a, c]}]
            """
        let files = MemoryFiles(files: ["c.yaml": text])
        let result = try ConfigurationReader.read(
            "c.yaml", from: files, environment: Environment())
        #expect(result.diagnostics(inertSeverity: .warning).isEmpty)
        let middlewares = try #require(result.configuration).middlewares
        guard case .cors(let policy) = middlewares[1].configuration else {
            Issue.record("no cors")
            return
        }
        #expect(policy.ageMillisecondsMax == 0)
    }

    @Test("There are at least sixty faulty fixtures")
    func fixtureCount() {
        #expect(Self.names.count >= 60)
    }
}
