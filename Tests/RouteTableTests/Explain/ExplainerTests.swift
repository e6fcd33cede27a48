import Diagnostics
import MatchOracle
import RouteCompiler
import RouteTable
import TableFormat
import TestSupport
import Testing
import Validate

/// Goal: an explanation never tells another story than matching. Method: random tables and
/// requests; the verdict and the first route that would take the request are compared with the
/// oracle's.
@Suite("Explanations")
struct ExplainerTests {
    @Test("tell what matching decides, with the winner first among those that match")
    func agreement() throws {
        var explained = 0
        for seed in 500...530 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let made = RandomConfiguration(&random)
            let requests = RandomRequest(for: made)
            let oracle = Oracle(configuration: made.configuration)
            let bytes = try RouteCompiler.compile(made.configuration).bytes
            let table = try LoadedTable(checking: bytes, isTrusted: true)
            for _ in 0..<20 {
                let request = requests.next(&random)
                guard let described = try Self.described(request) else { continue }
                let explanation = Explainer.explain(described, in: table)
                Self.expect(explanation, oracle.outcome(of: request), in: made.configuration)
                Self.expectTrace(of: explanation)
                explained += 1
            }
        }
        #expect(explained > 500)
    }

    /// Goal: the trace is right where it has much to say. Method: paths and hosts that need every step.
    @Test(
        "name each step that made a path canonical",
        arguments: [
            ("/%61/./b", ["/a/./b", "/a/b"]), ("/a%c3%A9", ["/a%C3%A9"]), ("/a/../b/.", ["/b/"]),
            ("/a/b/..", ["/a/"]), ("/", []), ("/%2E%2e/%7Ex", nil),
            ("/x/%2e./y", ["/x/../y", "/y"]),
        ] as [(String, [String]?)])
    func pathSteps(path: String, results: [String]?) throws {
        let bytes = try RouteCompiler.compile(TestConfiguration.routes([("/*", "all")])).bytes
        let table = try LoadedTable(checking: bytes, isTrusted: true)
        let request = try DescribedRequest(url: "http://EXAMPLE.com.:80\(path)")
        let explanation = Explainer.explain(request, in: table)
        guard let results else {
            #expect(explanation.status == 400)
            return
        }
        #expect(explanation.pathSteps.map(\.result) == results)
        #expect(
            explanation.hostSteps.map(\.result) == [
                "EXAMPLE.com.", "EXAMPLE.com", "example.com",
            ])
    }

    @Test(
        "A refused path is shown with the byte and the rule that it breaks",
        arguments: [
            ("/a/b%2fc", 4, "%2f", "encoded slash"), ("/a/%zz", 3, "%zz", "hexadecimal digits"),
            ("/a%4", 2, "%4", "hexadecimal digits"), ("/a b", 2, " ", "percent-encoded"),
            ("/a//b", 2, "//", "empty segment"), ("/a/../../b", 6, "..", "above the root"),
            ("/a/%2e%2e/%2E./b", 10, "%2E.", "above the root"), ("/x%00", 2, "%00", "NUL"),
            ("/a/..;x/b", 3, "..;x", "some backends"),
            ("/%252e%252e/x", 1, "%252e%252e", "backends"),
            (String(repeating: "/a", count: 64) + "/late", 129, "late", "64 segments"),
        ])
    func refusals(path: String, offset: Int, text: String, rule: String) throws {
        let bytes = try RouteCompiler.compile(TestConfiguration.routes([("/*", "all")])).bytes
        let table = try LoadedTable(checking: bytes, isTrusted: true)
        let request = try DescribedRequest(url: "http://example.com\(path)")
        let explanation = Explainer.explain(request, in: table)
        let refused = try #require(explanation.refusedPath)
        #expect(refused.offset == offset)
        #expect(refused.text == text)
        #expect(refused.rule.contains(rule), "\(refused.rule)")
        #expect(explanation.text.contains("at byte \(offset), "))
        #expect(explanation.json.contains(#""byte":\#(offset),"#))
    }

    @Test(
        "A handshake that the proxy refuses is refused before any route, with status and rule",
        arguments: [
            ("GET", ["Connection: Upgrade"], 426, "Version"),
            ("GET", ["Connection: Upgrade", "Sec-WebSocket-Version: 8"], 426, "is 13"),
            ("GET", ["Connection: Upgrade", "Sec-WebSocket-Version: 13"], 400, "Key"),
            (
                "GET",
                [
                    "Connection: Upgrade", "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: abc",
                ], 400, "16 bytes"
            ),
            ("GET", key, 400, "Connection"), ("POST", key + ["Connection: Upgrade"], 400, "GET"),
            ("GET", key + ["Connection: Upgrade", "Content-Length: 3"], 400, "content"),
            ("GET", key + ["Connection: Upgrade", "Sec-WebSocket-Protocol: a b"], 400, "token"),
            ("GET", key + key + ["Connection: Upgrade"], 400, "once"),
            ("GET", key + ["Connection: keep-alive, upgrade"], nil, ""),
        ] as [(String, [String], UInt16?, String)])
    func handshakes(method: String, headers: [String], status: UInt16?, rule: String) throws {
        let bytes = try RouteCompiler.compile(TestConfiguration.routes([("/*", "all")])).bytes
        let table = try LoadedTable(checking: bytes, isTrusted: true)
        let fields = (["Upgrade: h2c, WebSocket"] + headers).map { line in
            let parts = line.split(separator: ":", maxSplits: 1)
            return DescribedRequest.Header(
                name: String(parts[0]), value: String(parts[1].dropFirst()))
        }
        let request = try DescribedRequest(
            method: method, url: "http://example.com/a", headers: fields)
        let explanation = Explainer.explain(request, in: table)
        #expect(explanation.status == status, "\(explanation.text)")
        #expect(request.requestProtocol == (status == nil ? .webSocket : .http))
        guard status != nil else {
            #expect(explanation.service == "all" && explanation.refusedHandshake == nil)
            return
        }
        #expect(explanation.route == nil && explanation.service == nil)
        #expect(explanation.verdict.contains("handshake"))
        #expect(explanation.text.contains(rule), "\(explanation.text)")
        #expect(explanation.json.contains("\"refused_handshake\":\""), "\(explanation.json)")
    }

    private static let key = [
        "Sec-WebSocket-Version: 13", "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
    ]

    @Test("A rewrite is shown step by step, and steps of regexes against the budget of a request")
    func rewrites() throws {
        let table = try LoadedTable(checking: SampleTable.compiled.bytes, isTrusted: true)
        let prefix = Explainer.explain(
            try DescribedRequest(url: "http://example.com/ws/a"), in: table)
        #expect(prefix.rewriteSteps.map(\.result) == ["/a", "/v2/a"], "\(prefix.text)")
        let all = Explainer.explain(try DescribedRequest(url: "http://example.com/ws"), in: table)
        #expect(all.rewriteSteps.map(\.result) == ["", "/v2"])
        let template = Explainer.explain(
            try DescribedRequest(url: "http://example.com/x/abc/z"), in: table)
        #expect(template.rewriteSteps.map(\.result) == ["/abc"], "\(template.text)")
        #expect(template.text.contains("{rest} is abc"))
        #expect(template.json.contains(#""rewrite":[{"change":"path /{rest} replaces it"#))
        #expect(template.text.contains(" of \(template.regexStepsMax) steps of regexes"))
        #expect(template.json.contains(#""regex_steps":["#))
    }

    @Test("Where a table has no rules the work is what steps of regexes may be")
    func noRules() throws {
        let nothing = try RouteCompiler.compile(TestConfiguration().configuration).bytes
        let table = try LoadedTable(checking: nothing, isTrusted: true)
        let request = try DescribedRequest(url: "http://example.com/")
        let text = Explainer.explain(request, in: table).text
        #expect(text.contains(/\nwork +0 of [0-9]+ steps of regexes/), "\(text)")
    }

    /// The steps end in what the canonicaliser made, the first host rule is the one that kept the
    /// request, and nothing took more than the table says.
    private static func expectTrace(of explanation: Explanation) {
        guard let path = explanation.canonicalPath, let host = explanation.canonicalHost else {
            #expect(explanation.work == nil)
            let isHost = explanation.verdict.contains("the host")
            guard let refused = explanation.refusedPath else {
                #expect(isHost, "\(explanation.text)")
                return
            }
            let path = Array(explanation.request.path.utf8).dropFirst(refused.offset)
            #expect(path.starts(with: refused.text.utf8))
            return
        }
        let request = explanation.request
        #expect(!explanation.isListingAtOdds)
        #expect((explanation.pathSteps.last?.result ?? request.path) == path)
        #expect((explanation.hostSteps.last?.result ?? request.host) == host)
        let first = explanation.hostCandidates.first { $0.isMatch }
        #expect(first?.place == explanation.host?.place, "\(explanation.text)")
        #expect(explanation.work.map { $0.taken.isWithin($0.worst) } == true)
        for candidate in explanation.candidates {
            guard let steps = candidate.regexSteps else { continue }
            #expect(steps.taken.map { $0 <= steps.limit } ?? true)
        }
    }

    /// Goal: a table that hides a rule of its own listing is explained in words.
    @Test("A made-up table whose index forgets a route is explained, and said to be one")
    func listingAtOdds() throws {
        var table = try TableEditor(
            RouteCompiler.compile(TestConfiguration.routes([("~[0-9]", "hidden")])).bytes)
        try #require(table.count(of: .regexSpaces) == 1)
        for offset in [8, 12] { table.set(.regexSpaces, 0, at: offset, to: 0) }
        let bytes = try #require(table.repaired)
        let loaded = try LoadedTable(checking: bytes, isTrusted: false)
        let explanation = Explainer.explain(
            try DescribedRequest(method: "GET", url: "http://example.com/5"), in: loaded)
        #expect(explanation.status == 404)
        #expect(explanation.isListingAtOdds)
        #expect(explanation.text.contains("wsroute verify --config"))
        #expect(explanation.json.contains(#""listing_at_odds":true"#))
    }

    private static func described(_ request: OracleRequest) throws -> DescribedRequest? {
        guard let path = String(validating: request.path, as: UTF8.self) else { return nil }
        // The proxy refuses it before it asks for a route.
        if request.requestProtocol == .webSocket, request.method != "GET" { return nil }
        var described = try DescribedRequest(method: request.method, url: "http://a/")
        described.host = request.host
        described.listenerPort = request.port
        described.path = path
        described.query = request.query
        described.headers = request.headers.map { .init(name: $0.name, value: $0.value) }
        described.requestProtocol = request.requestProtocol
        described.client = request.client
        return described
    }

    private static func expect(
        _ explanation: Explanation, _ outcome: OracleOutcome, in configuration: Configuration
    ) {
        let firstMatch = explanation.candidates.first { $0.isMatch }
        func line(_ place: OracleOutcome.Place?) -> UInt32? {
            place.map {
                UInt32(configuration.hosts[$0.host].routes[$0.route].pattern.range.start.line)
            }
        }
        switch outcome.verdict {
        case .forward(let place, let services):
            #expect(explanation.route?.place.line == line(place))
            #expect(firstMatch?.place.line == line(place))
            #expect(explanation.service == configuration.services[services[0]].name.value)
            #expect(explanation.forwardPath == outcome.forwardPath)
            #expect(explanation.status == (outcome.forwardPath == nil ? 400 : nil))
        case .redirect(let place):
            #expect(explanation.route?.place.line == line(place))
            #expect(explanation.location == outcome.location)
        case .respond(let place):
            #expect(explanation.route?.place.line == line(place))
            #expect(firstMatch?.place.line == line(place))
        case .notFound:
            #expect(explanation.status == 404)
            #expect(firstMatch == nil)
        case .refused: #expect(explanation.status == 400)
        }
        #expect(explanation.json.hasPrefix("{\"request\":"))
        #expect(explanation.text.hasSuffix("\n"))
    }
}
