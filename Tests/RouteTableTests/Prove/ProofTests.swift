import Diagnostics
import MatchOracle
import RouteCompiler
import RouteTable
import TestSupport
import Testing
import Validate

/// Goal: what `check` proves about routes is true of the matcher.
/// Method: random configurations; each claim is held against the matcher and the oracle.
@Suite("Proofs about routes")
struct ProofTests {
    /// How often each claim was made, so that the tests are known to test something.
    private struct Counts {
        var shadowed = 0
        var reached = 0
        var witnesses = 0
        var undecided = 0
    }

    @Test("A shadowed route wins no request, and its witness goes to the named winner")
    func shadowed() throws {
        var counts = Counts()
        for seed in 1...60 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let made = RandomConfiguration(&random)
            let configuration = made.configuration
            let knowledge = try RouteCompiler.knowledge(of: configuration)
            var matcher = try RealMatcher(configuration)
            var dead: [Int: String] = [:]
            for (host, routes) in knowledge.enumerated() {
                for (route, known) in routes.enumerated() {
                    let line = Self.line(configuration, host, route)
                    switch known {
                    case .shadowed(let witnesses):
                        counts.shadowed += 1
                        dead[line] = "shadowed"
                        for witness in witnesses {
                            counts.witnesses += 1
                            let found = matcher.observe(.init(witness.request), draw: 0)
                            #expect(
                                found.line == Self.line(configuration, host, witness.winner),
                                "seed \(seed), line \(line), \(witness)")
                        }
                    case .impossible: dead[line] = "impossible"
                    case .reached, .undecided: break
                    }
                }
            }
            guard !dead.isEmpty else { continue }
            let requests = RandomRequest(for: made)
            for _ in 0..<250 {
                let request = requests.next(&random)
                // What the proxy calls an event stream or a WebSocket is always a GET.
                if request.requestProtocol != .http && request.method != "GET" { continue }
                guard let line = matcher.observe(request, draw: 0).line else { continue }
                let rules = RouteText.text(of: configuration)
                #expect(dead[line] == nil, "seed \(seed): line \(line), \(request)\n\(rules)")
            }
        }
        #expect(counts.shadowed > 100)
        #expect(counts.witnesses > 100)
    }

    @Test("A route that is said to be reached wins the request that is given for it")
    func reached() throws {
        var counts = Counts()
        for seed in 200...250 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            let configuration = RandomConfiguration(&random).configuration
            let knowledge = try RouteCompiler.knowledge(of: configuration)
            var matcher = try RealMatcher(configuration)
            for (host, routes) in knowledge.enumerated() {
                for (route, known) in routes.enumerated() {
                    guard case .reached(let request) = known else { continue }
                    counts.reached += 1
                    let found = matcher.observe(.init(request), draw: 0)
                    #expect(
                        found.line == Self.line(configuration, host, route),
                        "seed \(seed), \(request)\n\(RouteText.text(of: configuration))")
                }
            }
        }
        #expect(counts.reached > 700)
    }

    @Test("Without regexes every route is known to be reached, shadowed or impossible")
    func complete() throws {
        var counts = Counts()
        for seed in 400...560 as ClosedRange<UInt64> {
            var random = SeededGenerator(seed: seed)
            var configuration = RandomConfiguration(&random).configuration
            configuration.hosts = [configuration.hosts.max { $0.routes.count < $1.routes.count }]
                .compactMap { $0 }
            configuration.hosts[0].pattern = Located(
                .exact("a.test"), at: configuration.hosts[0].pattern.range)
            configuration.hosts[0].routes.removeAll(where: Self.usesRegex)
            for route in configuration.hosts[0].routes.indices {
                // Their captures may be the host's.
                configuration.hosts[0].routes[route].rewrite = nil
                configuration.hosts[0].routes[route].action = .respond(
                    status: 200, body: "", contentType: "text/plain")
            }
            let knowledge = try RouteCompiler.knowledge(of: configuration)[0]
            var matcher = try RealMatcher(configuration)
            for (route, known) in knowledge.enumerated() {
                switch known {
                case .undecided: counts.undecided += 1
                case .impossible, .shadowed: counts.shadowed += 1
                case .reached(let request):
                    counts.reached += 1
                    let found = matcher.observe(.init(request), draw: 0)
                    #expect(found.line == Self.line(configuration, 0, route), "seed \(seed)")
                }
            }
        }
        #expect(counts.undecided == 0)
        #expect(counts.shadowed > 100)
        #expect(counts.reached > 1000)
    }

    private static func usesRegex(_ route: RouteRule) -> Bool {
        if case .regex = route.pattern.value { return true }
        let tests = route.conditions.headers + route.conditions.query + route.conditions.cookies
        return tests.contains { test in
            if case .regex = test.test { return true }
            return false
        }
    }

    private static func line(_ configuration: Configuration, _ host: Int, _ route: Int) -> Int {
        configuration.hosts[host].routes[route].pattern.range.start.line
    }
}

extension Observation {
    /// The line of the route that took the request, or nil.
    fileprivate var line: Int? {
        switch verdict {
        case .forward(let line, _): line
        case .redirect(let line), .respond(let line): line
        case .notFound, .refused, .tooExpensive: nil
        }
    }
}

extension OracleRequest {
    /// The request that a proof names.
    fileprivate init(_ request: ProofRequest) {
        self.init()
        host = request.host
        port = request.port ?? 8080
        method = request.method
        path = request.path
        query = request.query.map { "\(Self.encoded($0.name))=\(Self.encoded($0.value))" }
            .joined(separator: "&")
        headers = request.headers.map { Header(name: $0.name, value: $0.value) }
        if !request.cookies.isEmpty {
            let pairs = request.cookies.map { "\($0.name)=\($0.value)" }
            headers.append(Header(name: "Cookie", value: pairs.joined(separator: "; ")))
        }
        switch request.kind {
        case .http: requestProtocol = .http
        case .sse: requestProtocol = .sse
        case .webSocket: requestProtocol = .webSocket
        }
        if let address = request.client {
            client = .init(
                high: UInt64(truncatingIfNeeded: address >> 64),
                low: UInt64(truncatingIfNeeded: address))
        }
    }

    private static func encoded(_ text: String) -> String {
        text.utf8.map { byte in
            let digits = String(byte, radix: 16, uppercase: true)
            return "%" + (digits.count == 1 ? "0" : "") + digits
        }.joined()
    }
}
