import Diagnostics
import RouteSyntax
import Testing
import Validate

@Suite("Valid configurations")
struct ValidFixtureTests {
    @Test(
        "A valid fixture gives a configuration and no error",
        arguments: Fixtures.names(in: "valid", suffix: ".yaml"))
    func valid(name: String) throws {
        let environment = Environment(["CHAT_HOST": "chat.internal", "CHAT_PORT": "9000"])
        let result = try ConfigurationReader.read(
            "\(Fixtures.folder)/valid/\(name)", from: DiskFiles(), environment: environment)
        let text = DiagnosticFormat.text.render(result.diagnostics, of: result.sources)
        #expect(result.configuration != nil, "\(text)")
        #expect(!result.diagnostics.contains { $0.severity == .error })
    }
}
