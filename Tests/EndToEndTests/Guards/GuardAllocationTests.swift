import TestSupport
import Testing

/// Goal: a request that its guards let pass costs no allocation more than one without guards.
/// Method: as in ``AllocationTests``, through all guards that need no token.
@Suite("Allocations of guards", .enabled(if: AllocationCounter.isUsable))
struct GuardAllocationTests {
    private static func allocations(route: String) throws -> Int {
        let directory = try TemporaryDirectory()
        let counter = try AllocationCounter(in: directory)
        let origin = try TestOrigin()
        let proxy = try ProxyUnderTest(
            """
            services: {origin: {url: "http://127.0.0.1:\(origin.port)"}}
            middlewares:
              - {name: filter, type: ip_filter, config: {deny: [10.0.0.0/8, 192.0.2.0/24]}}
              - name: stamp
                type: headers
                config:
                  request: {set: {X-Client: "{client_ip}", X-Id: "{request_id}"}, remove: [X-Secret]}
                  response: {set: {Server: "{host}"}}
              - {name: pages, type: cors, config: {allowed_origins: ["https://app.example.com"]}}
              - {name: calls, type: rate_limit, config: {requests_per_minute: 1000000, key: "header:X-Key"}}
              - {name: pick, type: dynamic_route, config: {from: "cookie:env", services: {a: origin}}}
            route_rules:
              - {pattern: /plain/*, target: origin, rewrite: {strip_prefix: /plain}}
              - pattern: /guarded/*
                target: origin
                rewrite: {strip_prefix: /guarded}
                middlewares: [filter, stamp, pages, calls, pick]
            """,
            options: ["--workers", "1", "--log-level", "warning"],
            environment: counter.environment, directory: directory)
        let connection = try proxy.connect()
        let fields = ["Origin: https://app.example.com", "X-Key: k", "Cookie: a=b; env=a"]
        func requests(_ count: Int) throws {
            for _ in 0..<count {
                let answer = try connection.request("GET", "\(route)/bytes/128", fields: fields)
                #expect(answer.status == 200)
            }
        }
        try requests(100)
        return try counter.allocationCount { try requests(1000) }
    }

    @Test("A guarded request allocates no more than any other")
    func guarded() throws {
        let plain = try Self.allocations(route: "/plain")
        let guarded = try Self.allocations(route: "/guarded")
        // Without the optimiser spans and arrays are copied here and there.
        let most = AllocationCounter.programsAreOptimised ? plain + 10 : plain + 60_000
        #expect(guarded <= most, "\(guarded) where \(plain) are without guards")
    }
}
