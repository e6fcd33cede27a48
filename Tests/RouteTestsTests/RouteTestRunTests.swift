import RouteTable
import RouteTests
import Testing

@Suite("Running tests of routes")
struct RouteTestRunTests {
    private static func run(_ request: String, _ expect: String) throws -> RouteTestRun {
        let tests = try TestedConfiguration.tests(
            "tests:\n  - request: \(request)\n    expect: \(expect)\n")
        return RouteTestRun(tests, against: try TestedConfiguration.table())
    }

    private static let room =
        "{url: \"ws://ws.example.com/rooms/blue\", headers: {X-Env: beta}}"

    @Test(
        "An expectation that is met passes",
        arguments: [
            (room, "{service: chat, route: room, middlewares: [access, guard], path: /r/blue}"),
            (room, "{route: \"/rooms/{room}\", params: {room: blue}}"),
            ("{url: \"http://ws.example.com/rooms/x\"}", "{service: web}"),
            ("{url: \"http://ws.example.com/rooms/x\"}", "{service: blue}"),
            ("{url: \"http://ws.example.com/rooms/x\"}", "{service: [blue, web]}"),
            ("{url: \"http://ws.example.com/elsewhere\"}", "{service: web, middlewares: [access]}"),
            (
                "{url: \"http://ws.example.com/old\"}",
                "{redirect: \"https://ws.example.com/new\", status: 308}"
            ),
            ("{url: \"http://ws.example.com/gone\"}", "{status: 410, route: /gone}"),
            ("{url: \"http://other.test/\"}", "{status: 404}"),
            ("{url: \"http://ws.example.com/../x\"}", "{status: 400}"),
        ])
    func passes(request: String, expect: String) throws {
        let run = try Self.run(request, expect)
        #expect(run.results.flatMap(\.failures) == [])
        #expect(run.isPassed)
    }

    @Test("A dynamic_route picks the service, and a claim may pick any of its services")
    func pickedService() throws {
        let table = try TestedConfiguration.table(
            """
            services: {a: {url: "http://h1/ba"}, b: {url: "http://h2/bb"}, c: {url: "http://h3"}}
            middlewares:
              - {name: pick, type: dynamic_route, config: {from: "header:X-D", services: {b: b}}}
              - {name: token, type: auth, config: {jwt: {algorithms: [HS256], secret: {env: S}}}}
              - {name: tenant, type: dynamic_route, config: {from: "claim:t", services: {x: b, y: c}}}
            route_rules:
              - {pattern: "/d", targets: [{service: a, weight: 9}, {service: c}], middlewares: [pick]}
              - {pattern: "/t", target: a, middlewares: [token, tenant]}
            """)
        func explained(_ path: String, _ value: String) throws -> Explanation {
            let header = DescribedRequest.Header(name: "X-D", value: value)
            return Explainer.explain(
                try DescribedRequest(url: "http://x\(path)", headers: [header]), in: table)
        }
        let picked = try explained("/d", "b")
        #expect(picked.service == "b" && picked.upstreamPath == "/bb/d" && picked.targets == [])
        #expect(picked.verdict == "forwarded to b, picked by pick")
        let kept = try explained("/d", "z")
        #expect(kept.service == "a" && kept.targets.count == 2)
        let claimed = try explained("/t", "")
        #expect(claimed.service == "a" && claimed.claimedServices == ["b", "c"])
        #expect(claimed.verdict == "forwarded to a; or to b, c, as the token says to tenant")
    }

    @Test("A claim with a default picks in any case, whatever another claim picked before")
    func claimWithDefault() throws {
        let table = try TestedConfiguration.table(
            """
            services: {a: {url: "http://a"}, b: {url: "http://b"}, c: {url: "http://c"}, d: {url: "http://d"}}
            middlewares:
              - {name: token, type: auth, config: {jwt: {algorithms: [HS256], secret: {env: S}}}}
              - {name: one, type: dynamic_route, config: {from: "claim:sub", services: {b: b}}}
              - {name: two, type: dynamic_route, config: {from: "claim:org", services: {x: d}, default: a}}
            route_rules: [{pattern: /cc, target: c, middlewares: [token, one, two]}]
            """)
        let answer = Explainer.explain(try DescribedRequest(url: "http://x/cc"), in: table)
        #expect(answer.service == "a" && answer.claimedServices == ["d"])
        let tests = try TestedConfiguration.tests(
            "tests: [{request: {url: \"http://x/cc\"}, expect: {service: b}}]")
        #expect(!RouteTestRun(tests, against: table).isPassed)
    }

    @Test(
        "An expectation that is not met says what came",
        arguments: [
            (room, "{service: web}", "service: expected web, got chat"),
            (
                room, "{service: chatt}",
                "service: expected chatt, got chat "
                    + "(no service is called `chatt`; did you mean `chat`?)"
            ),
            (room, "{route: \"/gone\"}", "route: expected /gone, got room (/rooms/{room})"),
            (room, "{middlewares: [guard]}", "middlewares: expected guard, got access, guard"),
            (room, "{path: /rooms/blue}", "path: expected /rooms/blue, got /r/blue"),
            (room, "{params: {room: red}}", "params.room: expected red, got blue"),
            (
                room, "{params: {id: red}}", "params.id: expected red, got no parameter `id`"
            ),
            (
                room, "{status: 404}",
                "status: expected 404, got none of its own: the answer is the upstream's"
            ),
            (room, "{redirect: \"/x\"}", "redirect: expected /x, got no redirect"),
            ("{url: \"http://ws.example.com/rooms/x\"}", "{service: [blue]}", ""),
            (
                "{url: \"http://ws.example.com/rooms/x\"}", "{service: [blue, chat]}",
                "service: expected blue, chat, got web, blue"
            ),
            (
                "{url: \"http://other.test/\"}", "{middlewares: []}",
                "middlewares: expected none, got none"
            ),
        ])
    func fails(request: String, expect: String, text: String) throws {
        let run = try Self.run(request, expect)
        #expect(run.results.flatMap(\.failures).map(\.text) == (text.isEmpty ? [] : [text]))
        #expect(run.isPassed == text.isEmpty)
    }

    @Test("A failure tells why, with the places of the rules")
    func reasons() throws {
        let run = try Self.run("{url: \"http://ws.example.com/rooms/x\"}", "{route: room}")
        #expect(
            run.results[0].reasons == [
                "forwarded to web by /rooms/* (chat.yaml:19), "
                    + "host rule ws.example.com (chat.yaml:9)",
                "room: /rooms/{room} (chat.yaml:13): the protocol is http, not websocket",
                "/rooms/* (chat.yaml:19): takes the request",
            ])
    }

    @Test("Coverage counts routes and both outcomes of each condition")
    func coverage() throws {
        let tests = try TestedConfiguration.tests(
            """
            tests:
              - request: \(Self.room)
                expect: {service: chat}
              - request: {url: "ws://ws.example.com/rooms/blue"}
                expect: {service: web}
            """)
        let run = RouteTestRun(tests, against: try TestedConfiguration.table(), percentMin: 60)
        #expect(run.routes == .init(seenCount: 2, count: 4))
        #expect(run.unreachedRoutes.map(\.pattern).sorted() == ["/gone", "/old"])
        #expect(run.outcomes == .init(seenCount: 3, count: 4))
        #expect(run.unseenOutcomes.map(\.condition) == ["protocol websocket"])
        #expect(run.unseenOutcomes.map(\.holds) == [false])
        #expect(run.failedCount == 0 && run.isCoverageLow && !run.isPassed)
        #expect(run.text.contains("below 60.0 %"))
        #expect(run.json.contains("\"percent\":50.0"))
    }

    @Test("Every variant of an accepted URL goes the same way or is refused")
    func variants() throws {
        let tests = try TestedConfiguration.tests(
            """
            tests:
              - {request: \(Self.room), variants: true, expect: {route: room}}
              - request: {url: "http://ws.example.com/old"}
                variants: true
                expect: {status: 308}
              - {request: {url: "http://ws.example.com/%zz"}, variants: true, expect: {status: 400}}
            """)
        let run = RouteTestRun(tests, against: try TestedConfiguration.table())
        #expect(run.results.flatMap(\.failures).map(\.text) == [])
        #expect(run.results.map { $0.variantCount >= 10 } == [true, true, false])
    }

    @Test("JUnit escapes what XML cannot hold")
    func junit() throws {
        let tests = try TestedConfiguration.tests(
            """
            tests:
              - name: "a < b & \\"c\\""
                request: {url: "http://ws.example.com/old"}
                expect: {status: 404}
            """)
        let run = RouteTestRun(tests, against: try TestedConfiguration.table())
        #expect(run.junit.contains("name=\"a &lt; b &amp; &quot;c&quot;\""), "\(run.junit)")
        #expect(run.junit.contains("failures=\"1\""))
    }
}
