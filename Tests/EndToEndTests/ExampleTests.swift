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

    @Test("The fallbacks do what their comments say")
    func fallbacks() throws {
        let dead = try ScriptedBackend.refusingPort()
        let origin = try TestOrigin()
        let source = try String(
            contentsOfFile: "\(BuiltPrograms.checkout)/examples/fallback.yaml", encoding: .utf8)
        let proxy = try ProxyUnderTest(
            source.replacingOccurrences(of: "${API_PORT:-9000}", with: "\(dead)")
                .replacingOccurrences(of: "${SPARE_PORT:-9001}", with: "\(origin.port)"))
        #expect(try EchoedRequest(proxy.request("GET", "/api/echo")).target == "/echo")
        #expect(try proxy.request("GET", "/suggestions").text == "[]")
        #expect(try proxy.request("POST", "/suggestions", body: "x").status == 502)
    }

    @Test("The guards do what their comments say")
    func guards() throws {
        let origin = try TestOrigin()
        let beta = try ScriptedBackend { connection in
            _ = try connection.readHead()
            try connection.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbeta")
        }
        let source = try String(
            contentsOfFile: "\(BuiltPrograms.checkout)/examples/guards.yaml", encoding: .utf8)
        let proxy = try ProxyUnderTest(
            source.replacingOccurrences(of: "${API_PORT:-9001}", with: "\(origin.port)")
                .replacingOccurrences(of: "${BETA_PORT:-9002}", with: "\(beta.port)"))
        let answer = try proxy.request(
            "GET", "/echo", fields: ["Origin: https://app.example.com", "X-Internal: 1"])
        let echoed = try EchoedRequest(answer)
        #expect(echoed.values("X-Client-IP") == ["127.0.0.1"])
        #expect(echoed.values("X-Internal") == [])
        #expect(answer.values("X-Request-Id") == echoed.values("X-Request-Id"))
        #expect(answer.value("Access-Control-Allow-Credentials") == "true")
        #expect(answer.value("RateLimit-Remaining") == "9")
        #expect(try proxy.request("GET", "/admin/echo").status != 403)
        let staged = try proxy.request("GET", "/echo", fields: ["Cookie: stage=beta"])
        #expect(staged.text == "beta")
    }
}
