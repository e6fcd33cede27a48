import Foundation
import TestSupport
import Testing

@Suite("Examples")
struct ExampleTests {
    private static let names =
        ((try? FileManager.default.contentsOfDirectory(
            atPath: "\(BuiltPrograms.checkout)/examples"))
        ?? []).filter { $0.hasSuffix(".yaml") }.sorted()

    @Test("Every example compiles without a warning", arguments: names)
    func compiles(name: String) throws {
        let directory = try TemporaryDirectory()
        let source = "\(BuiltPrograms.checkout)/examples/\(name)"
        let result = try RunningProgram.run(
            BuiltPrograms.path("wsroute"),
            ["compile", source, "-o", directory.file("routes.bin"), "--strict"])
        #expect(result.exit == .code(0), "\(result.output)\(result.errors)")
    }

    @Test("The quickstart does what its comments say")
    func quickstart() throws {
        let origin = try TestOrigin()
        let source = try String(
            contentsOfFile: "\(BuiltPrograms.checkout)/examples/quickstart.yaml", encoding: .utf8)
        let proxy = try ProxyUnderTest(
            source.replacingOccurrences(of: "${ORIGIN_PORT:-9000}", with: "\(origin.port)"))
        #expect(try proxy.request("GET", "/hello").text == "hello from wsproxy\n")
        #expect(try proxy.request("GET", "/old/a").value("Location") == "/echo?page=a")
        let profile = try EchoedRequest(proxy.request("GET", "/users/ada/profile"))
        #expect(profile.target == "/echo/ada")
        #expect(try proxy.request("GET", "/").text.contains("<title>wsorigin</title>"))
        let socket = try proxy.connect()
        #expect(try socket.upgrade("/ws/echo").status == 101)
    }
}
