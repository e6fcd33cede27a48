import RouteTable
import RouteTests
import Testing

@Suite("Generated tests of routes")
struct GeneratedTestsTests {
    private static let varied = """
        services: {a: {url: "http://127.0.0.1:1"}, b: {url: "http://127.0.0.1:2"}}
        host_rules:
          - pattern: "*.example.com"
            target: a
            route_rules:
              - {pattern: "~^/v[0-9]{2}/(users|rooms)/[a-z]+$", target: a}
              - {pattern: "~*\\\\.png$", target: b}
              - {pattern: "/files/*.js", target: b, match: {methods: [POST]}}
              - {pattern: "/files/{name}", target: a, match: {client_ip: [10.1.0.0/16]}}
              - {pattern: "/files/*", target: b, match: {cookies: {sid: "~^[0-9]+$"}}}
              - {pattern: "/rest/{path...}", target: a, match: {query: {v: "a b"}}}
              - {pattern: "/events", target: a, match: {protocol: sse}}
              - {pattern: "/", redirect: {to: "https://{host}/x"}}
          - pattern: "~^(?<tenant>[a-z]+)\\\\.test$"
            port: 9000
            route_rules: [{pattern: "/*", name: "a \\"b\\"", target: b}]
        """

    @Test("Each route has one, and they pass against the table they were made from")
    func roundTrip() throws {
        for source in [TestedConfiguration.chat, Self.varied] {
            let table = try TestedConfiguration.table(source)
            let generated = GeneratedTests(from: table, origin: "chat.yaml")
            #expect(generated.missing == [])
            #expect(generated.testCount == table.routeCount)
            let tests = try TestedConfiguration.tests(generated.text)
            let run = RouteTestRun(tests, against: table, percentMin: 100)
            #expect(run.isPassed, "\(run.text)")
        }
    }

    @Test("A route without a request is listed with the reason")
    func missing() throws {
        let table = try TestedConfiguration.table(
            """
            services: {a: {url: "http://127.0.0.1:1"}}
            route_rules:
              - {pattern: "/a", target: a, priority: -1}
              - {pattern: "/{x}", target: a}
            """)
        let generated = GeneratedTests(from: table, origin: "chat.yaml")
        #expect(generated.testCount == 1)
        #expect(generated.missing.count == 1)
        let reason = try #require(generated.missing.first)
        #expect(reason.hasPrefix("/a (chat.yaml:3): GET http://any.invalid:8080/a is taken by"))
        #expect(generated.text.contains("#   \(reason)\n"))
    }
}
