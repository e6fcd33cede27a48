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

    @Test("There are at least sixty faulty fixtures")
    func fixtureCount() {
        #expect(Self.names.count >= 60)
    }
}
