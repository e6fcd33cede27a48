import TestSupport
import Testing

@Suite("Services picked by a part of the request")
struct RunningDynamicRouteTests {
    private static func configuration(_ ports: [UInt16]) -> String {
        """
        services:
          stable: {url: "http://127.0.0.1:\(ports[0])"}
          beta: {url: "http://127.0.0.1:\(ports[1])"}
        middlewares:
          - name: by-header
            type: dynamic_route
            config: {from: "header:X-Env", services: {beta: beta, Alpha: stable}}
          - {name: by-cookie, type: dynamic_route, config: {from: "cookie:env", services: {beta: beta}}}
          - {name: by-query, type: dynamic_route, config: {from: "query:env", services: {"b e&ta": beta}}}
          - name: other
            type: dynamic_route
            config: {from: "header:X-Env", services: {stable: stable}, default: beta}
        host_rules:
          - {pattern: target.example, target: stable, middlewares: [by-header]}
        route_rules:
          - {pattern: /cookie, target: stable, middlewares: [by-cookie]}
          - {pattern: /query, target: stable, middlewares: [by-query]}
          - {pattern: /other, target: stable, middlewares: [other]}
          - {pattern: /said, respond: {status: 200, body: said}, middlewares: [by-header]}
          - {pattern: /*, target: stable, middlewares: [by-header]}
        """
    }

    private static func backend(_ name: String) throws -> ScriptedBackend {
        try ScriptedBackend { connection in
            let head = try connection.readHead()
            guard !head.contains("Upgrade: websocket") else {
                return try connection.send(
                    "HTTP/1.1 418 T\r\nContent-Length: 0\r\nX-Is: \(name)\r\n\r\n")
            }
            try connection.send(
                "HTTP/1.1 200 OK\r\nContent-Length: \(name.utf8.count)\r\n"
                    + "Connection: close\r\nX-Is: \(name)\r\n\r\n\(name)")
        }
    }

    @Test("A listed value picks its service; others keep the route's target or take the default")
    func values() throws {
        let stable = try Self.backend("stable")
        let beta = try Self.backend("beta")
        let proxy = try ProxyUnderTest(Self.configuration([stable.port, beta.port]))
        func service(_ path: String, _ fields: [String] = []) throws -> String {
            try proxy.request("GET", path, fields: fields).text
        }
        #expect(try service("/x") == "stable")
        #expect(try service("/x", ["X-Env: beta"]) == "beta")
        #expect(try service("/x", ["X-Env: alpha"]) == "stable")
        #expect(try service("/x", ["X-Env: zeta"]) == "stable")
        #expect(try service("/x", ["Host: target.example", "X-Env: beta"]) == "beta")
        #expect(try service("/cookie", ["Cookie: a=b; env=beta"]) == "beta")
        #expect(try service("/cookie", ["Cookie: env=other"]) == "stable")
        #expect(try service("/query?x=1&env=b+e%26ta") == "beta")
        #expect(try service("/query?env=beta") == "stable")
        #expect(try service("/other") == "beta")
        #expect(try service("/other", ["X-Env: stable"]) == "stable")
        #expect(try service("/said", ["X-Env: beta"]) == "said")
        let stream = try service("/x", ["Accept: text/event-stream", "X-Env: beta"])
        #expect(stream == "beta")
        let upgrade = try proxy.connect().upgrade("/x", fields: ["X-Env: beta"])
        #expect(upgrade.value("X-Is") == "beta")
    }

    @Test(
        "explain picks the service that the proxy picks",
        arguments: [
            ("/x", [], "stable"), ("/x", ["X-Env: beta"], "beta"),
            ("/x", ["x-env: alpha"], "stable"), ("/x", ["X-Env: zeta"], "stable"),
            ("/x", ["X-Env: Alpha", "X-Env: beta"], "stable"),
            ("/cookie", ["Cookie: a=b; env=beta"], "beta"),
            ("/cookie", ["Cookie: env=x"], "stable"),
            ("/query?x=1&env=b+e%26ta", [], "beta"), ("/query?env=beta", [], "stable"),
            ("/other", ["X-Env: stable"], "stable"), ("/other", [], "beta"),
        ])
    func explained(path: String, fields: [String], service: String) throws {
        let folder = try TemporaryDirectory()
        let file = try folder.write("d.yaml", Self.configuration([1, 2]))
        let arguments =
            ["explain", "http://a\(path)", "--config", file, "--format", "json"]
            + fields.flatMap { ["-H", $0] }
        let result = try RunningProgram.run(BuiltPrograms.path("wsroute"), arguments)
        #expect(result.output.contains("\"service\":\"\(service)\""), "\(result.output)")
    }
}
