import Diagnostics
import RouteCompiler
import RouteTable
import TableFormat
import Testing
import Validate

@Suite("Ceilings of the worst case")
struct CeilingTests {
    private static func place(_ line: Int) -> SourceRange {
        let position = SourcePosition(offset: line * 10, line: line, column: 3)
        return SourceRange(file: SourceFile(index: 0), start: position, end: position)
    }

    private static func configuration(_ routes: [RouteRule]) -> Configuration {
        var cheap = host("a.example", line: 1)
        cheap.routes = [route(.exact("/"), "/", line: 2)]
        var dear = host("b.example", line: 9)
        dear.routes = routes
        return Configuration(
            listeners: [], settings: Settings(), services: [], middlewares: [],
            hosts: [cheap, dear], globalMiddlewares: [], inertUses: [], files: ["main.yaml"])
    }

    private static func host(_ name: String, line: Int) -> HostRule {
        HostRule(pattern: Located(.exact(name), at: place(line)), patternText: name)
    }

    private static func route(_ pattern: PathPattern, _ text: String, line: Int) -> RouteRule {
        RouteRule(
            pattern: Located(pattern, at: place(line)), patternText: text,
            action: .respond(status: 200, body: "", contentType: "text/plain"))
    }

    /// Regexes that no literal tells apart.
    private static let regexes = (1...5).map { number in
        route(
            .regex(source: "[a-c]{\(number)}[xy]", ignoresCase: false), "~[a-c]{\(number)}[xy]",
            line: 10 + number)
    }

    private static func ceilings(
        _ kind: WorstCaseCeilings.Kind, _ count: UInt32
    ) -> WorstCaseCeilings {
        var ceilings = WorstCaseCeilings.standard
        ceilings[kind] = count
        return ceilings
    }

    @Test("Too many regexes are refused with the host and its routes")
    func regexes() throws {
        let configuration = Self.configuration(Self.regexes)
        let table = try RouteCompiler.compile(
            configuration, ceilings: Self.ceilings(.regexCandidates, 5))
        #expect(table.worstCase.routeRegexes == 5)
        let failure = try #require(throws: CompileFailure.self) {
            _ = try RouteCompiler.compile(
                configuration, ceilings: Self.ceilings(.regexCandidates, 4))
        }
        let problem = try #require(failure.problems.first)
        #expect(problem.range == Self.place(9))
        let parts = [
            "5 regexes", "at most 4", "`b.example`", "(line 11)", "and 2 more",
            "--max-regex-candidates",
        ]
        for part in parts {
            #expect(problem.message.contains(part), "\(problem.message)")
        }
    }

    @Test("Each kind has its ceiling", arguments: [WorstCaseCeilings.Kind.probes, .checks])
    func others(kind: WorstCaseCeilings.Kind) throws {
        let configuration = Self.configuration(
            ["/x", "/x/y", "/x/y/z"].enumerated().map { index, path in
                Self.route(.exact(path), path, line: 20 + index)
            })
        let count = try RouteCompiler.compile(configuration).worstCase.count(of: kind)
        _ = try RouteCompiler.compile(configuration, ceilings: Self.ceilings(kind, count))
        #expect(throws: CompileFailure.self) {
            _ = try RouteCompiler.compile(configuration, ceilings: Self.ceilings(kind, count - 1))
        }
    }

    @Test("The loader refuses what is above its own ceilings")
    func loading() throws {
        let bytes = try RouteCompiler.compile(Self.configuration(Self.regexes)).bytes
        _ = try LoadedTable(
            checking: bytes, isTrusted: true, ceilings: Self.ceilings(.regexCandidates, 5))
        let excess = WorstCaseCeilings.Excess(kind: .regexCandidates, count: 5, ceiling: 4)
        #expect(throws: TableError.tooExpensive(excess)) {
            _ = try LoadedTable(
                checking: bytes, isTrusted: true, ceilings: Self.ceilings(.regexCandidates, 4))
        }
    }

    @Test("Addresses of conditions and targets of actions count as checks")
    func lists() throws {
        var route = Self.route(.exact("/x"), "/x", line: 20)
        func checks() throws -> UInt32 {
            try RouteCompiler.compile(Self.configuration([route])).worstCase.routeChecks
        }
        let before = try checks()
        route.conditions.clientAddresses = (0..<7).map { number in
            AddressRange(
                address: [UInt8](repeating: 0xFD, count: 15) + [number], prefixLength: 128)
        }
        #expect(try checks() == before + 7)
        route.action = .forward((0..<3).map { _ in .init(service: 0, weight: 1) })
        #expect(try checks() == before + 10)
    }
}
