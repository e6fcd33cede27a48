import Diagnostics
import RouteCompiler
import Testing
import Validate

@Suite("Determinism")
struct DeterminismTests {
    private static func configuration(regexes: Bool) -> Configuration {
        let position = SourcePosition(offset: 0, line: 1, column: 1)
        let place = SourceRange(file: SourceFile(index: 0), start: position, end: position)
        let url = UpstreamURL(
            usesTLS: false, host: "a", port: 80, basePath: "", text: "http://a:80")
        let service = Service(
            name: Located("a", at: place),
            backends: [Backend(url: Located(url, at: place), weight: 1)])
        var host = HostRule(pattern: Located(.any, at: place), patternText: "*")
        for index in 0..<500 {
            let pattern: PathPattern =
                switch index % (regexes ? 3 : 2) {
                case 0: .exact("/e/\(index)")
                case 1:
                    .segments(
                        [.literal("s\(index)"), .wildcard(name: "id")], tail: .subtree(name: nil))
                default: .regex(source: "^/r[0-9]+/x\(index)", ignoresCase: false)
                }
            host.routes.append(
                RouteRule(
                    pattern: Located(pattern, at: place), patternText: "\(index)",
                    action: .forward([.init(service: 0, weight: 1)])))
        }
        return Configuration(
            listeners: [], settings: Settings(), services: [service], middlewares: [],
            hosts: [host], globalMiddlewares: [], inertUses: [], files: ["main.yaml"])
    }

    @Test("The same configuration makes the same bytes each time")
    func sameBytes() throws {
        let first = try RouteCompiler.compile(Self.configuration(regexes: true))
        // Dictionaries of one process already differ from each other in their order.
        for _ in 0..<5 {
            let again = try RouteCompiler.compile(Self.configuration(regexes: true))
            #expect(again.bytes == first.bytes)
        }
        #expect(first.routeCount == 500)
    }

    /// Goal: the bytes do not depend on the process. Method: the digest of a table without PCRE2's code
    /// is written down. It changes with the format only, and then on purpose.
    @Test("The digest is that of every other process")
    func knownDigest() throws {
        let table = try RouteCompiler.compile(Self.configuration(regexes: false))
        #expect(table.digestText == "b408a1757afd253b")
    }
}
