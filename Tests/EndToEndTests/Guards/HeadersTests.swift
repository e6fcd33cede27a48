import TestSupport
import Testing

@Suite("Header changes of a running proxy")
struct RunningHeadersTests {
    private static func configuration(_ port: UInt16) -> String {
        """
        services: {origin: {url: "http://127.0.0.1:\(port)"}}
        middlewares:
          - name: stamp
            type: headers
            config:
              request:
                set:
                  X-Client: "{client_ip}"
                  X-Host: "{host}"
                  X-Id: "{request_id}"
                  X-Gone: ""
                  X-Json: '{"a":{{host}'
                add: {X-More: two}
                remove: [X-Secret]
              response:
                set: {Server: hidden, X-Answer-Id: "{request_id}"}
                remove: [X-Powered-By]
          - {name: tenant, type: headers, config: {request: {set: {X-Tenant: "{tenant}"}}}}
          - {name: part, type: headers, config: {request: {set: {X-Part: "{id} {rest}"}}}}
          - {name: proto, type: headers, config: {request: {set: {X-Forwarded-Proto: https}, remove: [Forwarded]}}}
          - {name: again, type: headers, config: {request: {remove: [X-More], set: {X-Client: later}}}}
        host_rules:
          - pattern: "~^(?<tenant>[a-z]+)\\\\.example\\\\.net$"
            middlewares: [tenant]
            target: origin
            route_rules:
              - {pattern: "/echo/{id}/{rest...}", target: origin, middlewares: [part]}
        route_rules:
          - {pattern: /ws/*, target: origin, rewrite: {strip_prefix: /ws}, middlewares: [stamp]}
          - {pattern: /said, respond: {status: 200, body: said}, middlewares: [stamp]}
          - {pattern: /away, redirect: {to: "https://example.com/", status: 302}, middlewares: [stamp]}
          - {pattern: /echo/twice, target: origin, middlewares: [stamp, again]}
          - {pattern: /echo/proto, target: origin, middlewares: [proto]}
          - {pattern: /*, target: origin, middlewares: [stamp]}
        """
    }

    @Test("Answers that are made here have their date, also behind one that was changed")
    func date() throws {
        let proxy = try ProxyUnderTest(
            """
            middlewares: [{name: stamp, type: headers, config: {response: {set: {X-A: b}}}}]
            route_rules:
              - {pattern: /changed, respond: {status: 200, body: a}, middlewares: [stamp]}
              - {pattern: /*, respond: {status: 200, body: b}}
            """, options: ["--workers", "1"])
        let connection = try proxy.connect()
        for target in ["/changed", "/plain", "/changed", "/changed", "/plain", "/plain"] {
            let answer = try connection.request("GET", target)
            #expect(answer.value("Date")?.hasSuffix(" GMT") == true, "\(target): \(answer.head)")
            #expect((answer.value("X-A") == "b") == (target == "/changed"))
        }
    }

    @Test("A request is changed on its way to the upstream")
    func request() throws {
        let origin = try TestOrigin()
        let proxy = try ProxyUnderTest(Self.configuration(origin.port))
        let fields = [
            "Host: Www.example.com:80", "X-Secret: s", "x-client: forged", "X-More: one",
            "X-Gone: g", "X-Request-Id: abc", "X_Client: forged", "X_Gone: g", "x_secret: s",
            "X_More: kept",
        ]
        let echoed = try EchoedRequest(proxy.request("GET", "/echo", fields: fields))
        #expect(echoed.values("X-Client") == ["127.0.0.1"])
        #expect(echoed.values("X-Host") == ["www.example.com"])
        #expect(echoed.values("X-Id") == ["abc"])
        #expect(echoed.values("X-Request-Id") == ["abc"])
        #expect(echoed.values("X-More") == ["one", "two"])
        #expect(echoed.values("X-Secret") == [])
        #expect(echoed.values("X-Gone") == [])
        // What a backend may take for those that are set or removed.
        #expect(["X_Client", "X_Gone", "X_Secret"].flatMap { echoed.values($0) } == [])
        #expect(echoed.values("X_More") == ["kept"])
        #expect(echoed.values("X-Json") == ["{\"a\":{host}"])
        let made = try EchoedRequest(proxy.request("GET", "/echo"))
        #expect(made.values("X-Id") == made.values("X-Request-Id"))
    }

    @Test("Later guards see what earlier ones made")
    func twice() throws {
        let origin = try TestOrigin()
        let proxy = try ProxyUnderTest(Self.configuration(origin.port))
        let echoed = try EchoedRequest(
            proxy.request("GET", "/echo/twice", fields: ["X-More: one"]))
        #expect(echoed.values("X-Client") == ["later"])
        #expect(echoed.values("X-More") == [])
    }

    @Test("What patterns capture can be filled in, of the host also for its target")
    func captures() throws {
        let origin = try TestOrigin()
        let proxy = try ProxyUnderTest(Self.configuration(origin.port))
        let host = "Host: acme.example.net"
        let route = try EchoedRequest(
            proxy.request("GET", "/echo/7/a/b%20c", fields: [host]))
        #expect(route.values("X-Tenant") == ["acme"])
        #expect(route.values("X-Part") == ["7 a/b%20c"])
        let target = try EchoedRequest(proxy.request("GET", "/echo", fields: [host]))
        #expect(target.values("X-Tenant") == ["acme"])
    }

    @Test("What the proxy says of the client can be replaced")
    func forwarded() throws {
        let origin = try TestOrigin()
        let proxy = try ProxyUnderTest(Self.configuration(origin.port))
        let echoed = try EchoedRequest(proxy.request("GET", "/echo/proto"))
        #expect(echoed.values("X-Forwarded-Proto") == ["https"])
        #expect(echoed.values("Forwarded") == [])
        #expect(echoed.values("X-Forwarded-For") == ["127.0.0.1"])
    }

    @Test("Answers are changed, whoever makes them", arguments: ["/bytes/10", "/said", "/away"])
    func answers(path: String) throws {
        let origin = try TestOrigin()
        let proxy = try ProxyUnderTest(Self.configuration(origin.port))
        let answer = try proxy.request("GET", path, fields: ["X-Request-Id: abc"])
        #expect(answer.values("Server") == ["hidden"])
        #expect(answer.values("X-Answer-Id") == ["abc"])
        if path == "/said" { #expect(answer.text == "said") }
    }

    @Test("The answer to a handshake, an event stream and an error of the proxy are changed too")
    func streamsAndErrors() throws {
        let origin = try TestOrigin()
        let proxy = try ProxyUnderTest(Self.configuration(origin.port))
        let socket = try proxy.connect()
        let upgrade = try socket.upgrade("/ws/echo")
        #expect(upgrade.status == 101)
        #expect(upgrade.values("Server") == ["hidden"])
        let backend = try ScriptedBackend { connection in
            _ = try connection.readHead()
            try connection.send(
                "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nX-Powered-By: x\r\n"
                    + "Server: a\r\nConnection: close\r\n\r\ndata: 1\n\n")
        }
        let streams = try ProxyUnderTest(Self.configuration(backend.port))
        let stream = try streams.request("GET", "/ticks", fields: ["Accept: text/event-stream"])
        #expect(stream.values("Server") == ["hidden"])
        #expect(stream.values("X-Powered-By") == [])
        #expect(stream.text == "data: 1\n\n")
        let dead = try ProxyUnderTest(Self.configuration(ScriptedBackend.refusingPort()))
        let failed = try dead.request("GET", "/echo")
        #expect(failed.status == 502)
        #expect(failed.values("Server") == ["hidden"])
    }
}
