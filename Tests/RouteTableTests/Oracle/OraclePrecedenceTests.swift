import Diagnostics
import MatchOracle
import RouteTable
import Testing
import Validate

/// Precedence as the language states it, on rules written by hand.
@Suite("The oracle's precedence")
struct OraclePrecedenceTests {
    @Test(
        "puts the route first that the language puts first, wherever it is listed",
        arguments: [
            // Each list is in the order of precedence for the path.
            ("/a/b", ["=/a/b", "~^/a", "/a/b/*", "/a/b*", "/a/{x}", "/a/*", "/{x}/b", "/*"]),
            ("/a", ["=/a", "/a/*", "/{x}", "/{x}/*", "/*"]),
            ("/abc", ["/abc*", "/ab*", "/*b*", "/{x}", "/*"]),
            ("/ab/xyz", ["/ab*/x*", "/a*/xyz*", "/*/xyz*"]),
        ])
    func precedence(path: String, patterns: [String]) {
        for count in 1...patterns.count {
            let remaining = Array(patterns.suffix(count))
            for order in [remaining, remaining.reversed()] {
                let oracle = Oracle(configuration: configuration(order))
                var request = OracleRequest()
                request.path = Array(path.utf8)
                let expected = OracleOutcome.Place(
                    host: 0, route: order.firstIndex(of: remaining[0]) ?? -1)
                #expect(oracle.outcome(of: request).verdict == .respond(expected), "\(order)")
            }
        }
    }

    @Test(
        "lets one host rule keep a request",
        arguments: [
            ("a.example.com", [".example.com", "*", "*.example.com", "a.example.com"], 3),
            ("a.example.com", ["*", ".example.com", "*.example.com", "~^a"], 2),
            ("example.com", ["*", "*.example.com", ".com", ".example.com"], 3),
            ("x.b.example.com", ["*.example.com", "*.b.example.com", "~x"], 1),
            ("q.test", ["*", "~^q", "~test$"], 1),
        ])
    func hosts(host: String, patterns: [String], expected: Int) {
        var configuration = configuration([])
        configuration.hosts = patterns.map {
            HostRule(pattern: Located(Self.host($0), at: Self.place), patternText: $0)
        }
        #expect(Oracle(configuration: configuration).hostRule(for: host, port: 80) == expected)
    }

    @Test("prefers any rule for the port to a rule without a port")
    func ports() {
        var configuration = configuration([])
        configuration.hosts = ["a.test", "*"].map {
            HostRule(pattern: Located(Self.host($0), at: Self.place), patternText: $0)
        }
        configuration.hosts[1].port = 80
        let oracle = Oracle(configuration: configuration)
        #expect(oracle.hostRule(for: "a.test", port: 80) == 1)
        #expect(oracle.hostRule(for: "a.test", port: 81) == 0)
    }

    private static let place = SourceRange(
        file: SourceFile(index: 0), start: SourcePosition(offset: 0, line: 1, column: 1),
        end: SourcePosition(offset: 0, line: 1, column: 1))

    private static func host(_ text: String) -> HostPattern {
        if text == "*" { return .any }
        if text.hasPrefix("~") {
            return .regex(source: String(text.dropFirst()), ignoresCase: false)
        }
        if text.hasPrefix("*.") {
            return .wildcard(suffix: String(text.dropFirst(2)), includesApex: false)
        }
        if text.hasPrefix(".") {
            return .wildcard(suffix: String(text.dropFirst()), includesApex: true)
        }
        return .exact(text)
    }

    /// `=` marks an exact path, `~` a regex; all others are segment patterns.
    private static func path(_ text: String) -> PathPattern {
        if text.hasPrefix("=") { return .exact(String(text.dropFirst())) }
        if text.hasPrefix("~") {
            return .regex(source: String(text.dropFirst()), ignoresCase: false)
        }
        var segments: [PathSegment] = []
        var tail = PathTail.end
        let texts = OraclePath.segments(of: text)
        for (index, text) in texts.enumerated() {
            if text == "*" && index == texts.count - 1 {
                tail = .subtree(name: nil)
            } else if text == "*" || text.hasPrefix("{") {
                segments.append(.wildcard(name: nil))
            } else if text.contains("*") {
                segments.append(
                    .glob(
                        text.split(separator: "*", omittingEmptySubsequences: false).map(
                            String.init)))
            } else {
                segments.append(.literal(text))
            }
        }
        return .segments(segments, tail: tail)
    }

    private func configuration(_ patterns: [String]) -> Configuration {
        var rule = HostRule(pattern: Located(.any, at: Self.place), patternText: "*")
        rule.routes = patterns.map {
            RouteRule(
                pattern: Located(Self.path($0), at: Self.place), patternText: $0,
                action: .respond(status: 200, body: "", contentType: "text/plain"))
        }
        return Configuration(
            listeners: [], settings: Settings(), services: [], middlewares: [], hosts: [rule],
            globalMiddlewares: [], inertUses: [], files: ["a.yaml"])
    }
}
