import Diagnostics
import RouteCompiler
import Testing
import Validate

@Suite("Refusals of the back end")
struct RefusalTests {
    private static let place: SourceRange = {
        let position = SourcePosition(offset: 70, line: 7, column: 3)
        return SourceRange(file: SourceFile(index: 0), start: position, end: position)
    }()

    private static func problems(_ change: (inout HostRule) -> Void) -> [CompileProblem] {
        var host = HostRule(pattern: Located(.any, at: place), patternText: "*")
        change(&host)
        let configuration = Configuration(
            listeners: [], settings: Settings(), services: [], middlewares: [],
            hosts: [host, host], globalMiddlewares: [], inertUses: [], files: ["main.yaml"])
        do throws(CompileFailure) {
            _ = try RouteCompiler.compile(configuration)
            return []
        } catch {
            return error.problems.filter { $0.reason != .duplicateHost("*") }
        }
    }

    private static func route(_ pattern: PathPattern) -> RouteRule {
        RouteRule(
            pattern: Located(pattern, at: place), patternText: "p",
            action: .respond(status: 200, body: "", contentType: "text/plain"))
    }

    @Test("A regex that PCRE2 refuses is named with its place")
    func invalidRegex() {
        let problems = Self.problems {
            $0.routes = [Self.route(.regex(source: "^/(", ignoresCase: false))]
        }
        #expect(problems.first?.range == Self.place)
        #expect(problems.first?.message.contains("`^/(`") == true)
    }

    @Test("A regex must not set PCRE2's options itself")
    func regexVerb() {
        let problems = Self.problems {
            $0.routes = [Self.route(.regex(source: "(*UTF)a", ignoresCase: false))]
        }
        #expect(problems.first?.reason == .regexVerb("(*UTF)a"))
    }

    @Test("A pattern has at most 64 segments")
    func tooManySegments() {
        let segments = [PathSegment](repeating: .wildcard(name: nil), count: 65)
        let problems = Self.problems { $0.routes = [Self.route(.segments(segments, tail: .end))] }
        #expect(problems.first?.reason == .tooManySegments(65))
    }

    @Test("A template names only what is captured")
    func unknownCapture() {
        let problems = Self.problems { host in
            var route = Self.route(.exact("/a"))
            route.rewrite = PathRewrite(path: Template(pieces: [.capture("id")]))
            host.routes = [route]
        }
        #expect(problems.first?.reason == .unknownCapture("id"))
    }

    @Test("A host pattern is used once for a port")
    func duplicateHost() {
        var host = HostRule(pattern: Located(.any, at: Self.place), patternText: "*")
        host.port = 80
        let configuration = Configuration(
            listeners: [], settings: Settings(), services: [], middlewares: [],
            hosts: [host, host], globalMiddlewares: [], inertUses: [], files: ["main.yaml"])
        #expect(throws: CompileFailure([CompileProblem(.duplicateHost("*"), at: Self.place)])) {
            _ = try RouteCompiler.compile(configuration)
        }
    }
}
