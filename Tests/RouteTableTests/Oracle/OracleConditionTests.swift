import MatchOracle
import RouteTable
import TestSupport
import Testing
import Validate

/// What `match` and `rewrite` mean, by hand.
@Suite("The oracle's conditions and rewrites")
struct OracleConditionTests {
    private typealias Condition = MatchConditions.ValueCondition

    @Test(
        "reads queries as browsers write them",
        arguments: [
            ("v=b", true), ("v=%62", true), ("%76=b", true), ("x=1&v=b", true), ("v=a&v=b", true),
            ("v=b=", false), ("V=b", false), ("v", false), ("", false), ("v=B", false),
            ("v=%6", false), ("v=b;x", false),
        ])
    func query(query: String, holds: Bool) {
        var conditions = MatchConditions()
        conditions.query = [Condition(name: "v", test: .equals("b"))]
        var request = OracleRequest()
        request.query = query
        #expect(Oracle.holds(conditions, for: request) == holds)
    }

    @Test("takes a plus in a query for a space")
    func plus() {
        var conditions = MatchConditions()
        conditions.query = [Condition(name: "a b", test: .equals("c d"))]
        var request = OracleRequest()
        request.query = "a+b=c%20d"
        #expect(Oracle.holds(conditions, for: request))
    }

    @Test(
        "reads cookies of all Cookie lines",
        arguments: [
            (["sid=b"], true), (["a=1; sid=b"], true), (["a=1", "sid=b"], true),
            (["a=1;sid=b"], true), (["sid=\"b\""], false), (["SID=b"], false), (["xsid=b"], false),
            (["sid"], false), ([], false),
        ])
    func cookies(lines: [String], holds: Bool) {
        var conditions = MatchConditions()
        conditions.cookies = [Condition(name: "sid", test: .equals("b"))]
        var request = OracleRequest()
        request.headers = lines.map { .init(name: "Cookie", value: $0) }
        #expect(Oracle.holds(conditions, for: request) == holds)
    }

    @Test(
        "takes any line of a header, in any case of its name",
        arguments: [
            (["beta"], true), (["prod", "beta"], true), (["Beta"], false), (["betas"], false),
            ([], false),
        ])
    func headers(values: [String], holds: Bool) {
        var conditions = MatchConditions()
        conditions.headers = [Condition(name: "x-env", test: .equals("beta"))]
        var request = OracleRequest()
        request.headers = values.map { .init(name: "X-Env", value: $0) }
        #expect(Oracle.holds(conditions, for: request) == holds)
    }

    @Test(
        "compares the leading bits of the client's address",
        arguments: [
            (0x0A00_0000, true), (0x0AFF_FFFF, true), (0x0B00_0000, false), (0x7F00_0001, false),
        ] as [(UInt32, Bool)])
    func client(address: UInt32, holds: Bool) {
        var conditions = MatchConditions()
        let ten = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF, 10, 0, 0, 0]
        conditions.clientAddresses = [AddressRange(address: ten, prefixLength: 104)]
        var request = OracleRequest()
        request.client = ClientAddress(ipv4: address)
        #expect(Oracle.holds(conditions, for: request) == holds)
    }

    @Test(
        "strips whole segments and puts a prefix before the rest",
        arguments: [
            ("/ws/a", "/ws", nil, "/a"), ("/ws", "/ws", nil, "/"), ("/ws/", "/ws", nil, "/"),
            ("/wsx", "/ws", nil, "/wsx"), ("/ws/a", "/ws", "/v2", "/v2/a"),
            ("/ws", "/ws", "/v2", "/v2"), ("/ws/", "/ws", "/v2", "/v2/"),
            ("/", nil, "/v2", "/v2/"),
        ] as [(String, String?, String?, String)])
    func rewrites(path: String, strip: String?, add: String?, expected: String) throws {
        var random = SeededGenerator(seed: 1)
        let configuration = RandomConfiguration(&random).configuration
        let rule = try #require(configuration.hosts.first)
        var route = RouteRule(
            pattern: Located(.exact(path), at: rule.pattern.range), patternText: path,
            action: .forward([.init(service: 0, weight: 1)]))
        route.rewrite = PathRewrite(stripPrefix: strip, addPrefix: add)
        let taken = Oracle.Taken(host: "a", path: path, query: "", rule: rule, route: route)
        #expect(Oracle(configuration: configuration).rewrittenPath(taken) == expected)
    }
}
