import Diagnostics
import RouteCompiler
import RouteSyntax
import RouteTable
import RouteTests
import Validate

/// Compiles configurations and reads tests from text in memory.
enum TestedConfiguration {
    static let chat = """
        services:
          chat: {url: "ws://127.0.0.1:9001"}
          web: {url: "http://127.0.0.1:9002"}
          blue: {url: "http://127.0.0.1:9003"}
        middlewares:
          - {name: access, type: logging, config: {format: json}}
          - {name: guard, type: ip_filter, config: {allow: [10.0.0.0/8]}}
        host_rules:
          - pattern: "ws.example.com"
            target: web
            middlewares: [access]
            route_rules:
              - pattern: "/rooms/{room}"
                name: room
                target: chat
                middlewares: [guard]
                match: {protocol: websocket, headers: {X-Env: beta}}
                rewrite: {path: "/r/{room}"}
              - {pattern: "/rooms/*", targets: [{service: web, weight: 9}, {service: blue}]}
              - {pattern: "/old", redirect: {to: "https://{host}/new", status: 308}}
              - {pattern: "/gone", respond: {status: 410, body: "gone"}}
        """

    static func table(_ text: String = chat) throws -> LoadedTable {
        let result = try ConfigurationReader.read(
            "chat.yaml", from: OneFile(text: text), environment: Environment())
        guard let configuration = result.configuration else {
            throw Refusal(messages: result.diagnostics(inertSeverity: .warning).map(\.message))
        }
        let compiled = try RouteCompiler.compile(configuration)
        return try LoadedTable(checking: compiled.bytes, isTrusted: true)
    }

    static func tests(_ text: String) throws -> [RouteTest] {
        let (tests, diagnostics) = read(text)
        guard diagnostics.isEmpty else { throw Refusal(messages: diagnostics.map(\.message)) }
        return tests
    }

    static func read(_ text: String) -> ([RouteTest], [Diagnostic]) {
        var sink = DiagnosticSink()
        let tests = RouteTestReader.read(
            SourceText(name: "tests.yaml", text: text), as: SourceFile(index: 0),
            environment: Environment(["HOST": "ws.example.com"]), into: &sink)
        return (tests, sink.ordered())
    }

    struct Refusal: Error { let messages: [String] }

    private struct OneFile: FileSource {
        let text: String

        func contents(
            ofFile path: String, byteCountMax: Int
        ) throws(FileSourceError) -> [UInt8] { Array(text.utf8) }

        func names(inDirectory path: String) throws(FileSourceError) -> [String] { [] }
    }
}
