import TestSupport
import Testing

@Suite("wsroute explain")
struct ExplainCommandTests {
    private let folder: TemporaryDirectory
    private let source: String

    init() throws {
        folder = try TemporaryDirectory()
        source = try folder.write("chat.yaml", SampleConfiguration.guarded)
    }

    @Test(
        "reads who the client is out of X-Forwarded-For, as the proxy does",
        arguments: [
            ("10.0.0.1", "192.0.2.9", "inside"), ("203.0.113.5", "203.0.113.5", "outside"),
        ])
    func forwardedClient(peer: String, client: String, service: String) throws {
        let file = try folder.write(
            "behind.yaml",
            """
            advanced: {security: {trusted_proxies: [10.0.0.0/8]}}
            services: {inside: {url: "http://a"}, outside: {url: "http://b"}}
            route_rules:
              - {pattern: "/*", target: inside, match: {client_ip: [192.0.2.0/24]}}
              - {pattern: "/*", target: outside}
            """)
        let run = try WsrouteRun(
            "explain", "http://a/x", "--config", file, "-H",
            "X-Forwarded-For: 192.0.2.1, 192.0.2.9, 10.4.4.4", "--peer-ip", peer, "--format",
            "json")
        #expect(run.output.contains("\"client_ip\":\"\(client)\",\"peer_ip\":\"\(peer)\""))
        #expect(run.output.contains("\"service\":\"\(service)\""), "\(run.output)\(run.errors)")
    }

    @Test("says that X-Forwarded-For is not read, and takes one address only")
    func addresses() throws {
        let field = "X-Forwarded-For: 192.0.2.1"
        let unread = try WsrouteRun("explain", "http://a/", "--config", source, "-H", field)
        #expect(unread.output.contains("say who is connected with --peer-ip"))
        let both = try WsrouteRun(
            "explain", "http://a/", "--config", source, "--peer-ip", "10.0.0.1", "--client-ip",
            "10.0.0.1")
        #expect(both.status == 2)
        let none = try WsrouteRun(
            "explain", "http://a/", "--config", source, "--peer-ip", "10.0.0")
        #expect(none.status == 2)
        #expect(none.errors.contains("--peer-ip"))
    }

    @Test("tells a table from a configuration")
    func tableAsConfiguration() throws {
        let table = "\(folder.path)/routes.bin"
        let compiled = try WsrouteRun("compile", source, "-o", table, "--allow-inert")
        #expect(compiled.status == 0, "\(compiled.errors)")
        let run = try WsrouteRun("explain", "http://a/", "--config", table)
        #expect(run.status == 2)
        #expect(run.errors.contains("it is a route table, not a configuration"))
    }

    @Test("tells the way of a request in JSON")
    func json() throws {
        let run = try WsrouteRun(
            "explain", "ws://WS.example.com/rooms/./blue", "--config", source, "--format", "json")
        #expect(run.status == 0, "\(run.errors)")
        for part in [
            "{\"request\":{\"method\":\"GET\",\"url\":\"ws://WS.example.com/rooms/./blue\"",
            "\"canonical_path\":\"/rooms/blue\"",
            "\"host_rule\":{\"pattern\":\"ws.example.com\",\"file\":\"chat.yaml\",\"line\":7}",
            "\"route\":{\"name\":\"room\",\"pattern\":\"/rooms/{room}\",\"file\":\"chat.yaml\","
                + "\"line\":11,\"priority\":0,\"kind\":\"segments\"}",
            "\"service\":\"chat\",\"middlewares\":[\"access\"],\"data_path\":\"opaque\"",
            "\"params\":{\"room\":\"blue\"}",
            "{\"pattern\":\"/rooms/{room}\",\"line\":11,\"matched\":true,",
            "{\"pattern\":\"/rooms/*\",\"line\":16,\"matched\":true,",
            "{\"pattern\":\"/old\",\"line\":17,\"matched\":false,",
            "\"status\":null,\"verdict\":\"forwarded to chat\"",
        ] {
            #expect(run.output.contains(part), "\(part) in \(run.output)")
        }
    }

    @Test(
        "says whether frames are looked at",
        arguments: [
            ("ws://a/ws/room", "framed"), ("ws://a/other", "opaque"), ("ws://a/pinged", "framed"),
            ("http://a/ws/room", "http"),
        ])
    func dataPath(url: String, expected: String) throws {
        let source = try folder.write(
            "framed.yaml",
            """
            services:
              plain: {url: "ws://127.0.0.1:9001"}
              pinged: {url: "ws://127.0.0.1:9002", ping_interval: 20}
            middlewares:
              - {name: websocket, config: {max_message_size: 1MiB, path_patterns: ["/ws/*"]}}
            route_rules:
              - {pattern: "/*", target: plain, middlewares: [websocket]}
              - {pattern: /pinged, target: pinged}
            """)
        let run = try WsrouteRun("explain", url, "--config", source, "--format", "json")
        #expect(run.output.contains("\"data_path\":\"\(expected)\""), "\(run.output)")
    }

    @Test("tells it in text, with the reasons of those that lost")
    func text() throws {
        let run = try WsrouteRun(
            "explain", "GET", "http://ws.example.com/rooms/blue", "--config", source)
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("chat.yaml:16"))
        #expect(run.output.contains("the protocol is http, not websocket"), "\(run.output)")
        let beta = try WsrouteRun(
            "explain", "http://ws.example.com/v2/x", "--config", source, "-H", "x-env: prod")
        #expect(beta.output.contains("header x-env"), "\(beta.output)")
    }

    @Test(
        "gives the status of an answer that the proxy makes itself",
        arguments: [
            ("http://ws.example.com/old", "308"), ("http://other.test/", "404"),
            ("http://ws.example.com/%2e%2e/x", "400"),
        ])
    func status(url: String, expected: String) throws {
        let run = try WsrouteRun("explain", url, "--config", source, "--format", "json")
        #expect(run.status == 0, "\(run.errors)")
        #expect(run.output.contains("\"status\":\(expected),\"verdict\""), "\(run.output)")
    }

    @Test("says the same of a table as of its configuration")
    func table() throws {
        let table = folder.file("routes.bin")
        #expect(try WsrouteRun("compile", source, "-o", table, "--allow-inert").status == 0)
        let url = "http://ws.example.com/rooms/blue"
        #expect(
            try WsrouteRun("explain", url, "--routes", table).output
                == WsrouteRun("explain", url, "--config", source).output)
    }

    @Test(
        "refuses what it can't explain",
        arguments: [
            ["explain", "http://a/"], ["explain", "ftp://a/", "--config", "x.yaml"],
            ["explain", "http:///x", "--config", "x.yaml"],
            ["explain", "GET", "http://a/", "x", "--config", "x.yaml"],
            ["explain", "http://a/", "--config", "x.yaml", "--routes", "y.bin"],
            ["explain", "http://a/", "--config", "x.yaml", "--client-ip", "10.0.0"],
            ["explain", "http://a/", "--config", "x.yaml", "-H", "novalue"],
        ])
    func usage(arguments: [String]) throws {
        let run = try RunningProgram.run(BuiltPrograms.path("wsroute"), arguments)
        #expect(run.exit == .code(2))
        #expect(run.errors.contains("See 'wsroute explain --help'."))
    }
}
