import TestSupport
import Testing

@Suite("Fallbacks")
struct FallbackTests {
    private static let answer =
        "fallback: {answer: {body: <p>Sorry, content_type: text/html, headers: {X-From: table}}}"

    @Test("Where the backend is down clients get the answer of the service")
    func down() throws {
        let dead = try ScriptedBackend.refusingPort()
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(to: dead, service: Self.answer))
        let answer = try proxy.request("GET", "/page")
        #expect(answer.status == 503)
        #expect(answer.text == "<p>Sorry")
        #expect(answer.value("Content-Type") == "text/html")
        #expect(answer.value("X-From") == "table")
        #expect(answer.value("Cache-Control") == "no-store")
        #expect(answer.value("Content-Length") == "8")
        let line = try proxy.accessLine("/page")
        #expect(line.contains("\"fallback\":\"answer\""))
        #expect(line.contains("\"service\":\"origin\""))
        #expect(line.contains("\"fault\":\"upstream\""))
        #expect(line.contains("\"reason\":\"connection refused\""))
        let head = try proxy.request("HEAD", "/page")
        #expect(head.status == 503)
        #expect(head.value("Content-Length") == "8")
        let posted = try proxy.request("POST", "/page", body: "content")
        #expect(posted.text == "<p>Sorry")
    }

    @Test("The answer keeps the connection of the client, and comes while a backend is ejected")
    func ejected() throws {
        let dead = try ScriptedBackend.refusingPort()
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(
                to: dead,
                service: Self.answer
                    + "\ncircuit_breaker: {consecutive_failures: 1, ejection_time: 1h}"),
            options: ["--workers", "1"])
        let connection = try proxy.connect()
        #expect(try connection.request("GET", "/one").text == "<p>Sorry")
        let answer = try connection.request("GET", "/two")
        #expect(answer.text == "<p>Sorry")
        #expect(answer.value("Retry-After") == "60")
        #expect(try connection.request("HEAD", "/three").status == 503)
        let line = try proxy.accessLine("/two")
        #expect(line.contains("\"fallback\":\"answer\""))
        #expect(line.contains("\"service\":\"origin\""))
        #expect(line.contains("\"route\":\"everything\""))
        #expect(line.contains("no backend is available"))
    }

    @Test("A status below 400 is for requests that only read, and retry_after is sent")
    func success() throws {
        let dead = try ScriptedBackend.refusingPort()
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(
                to: dead,
                service: "fallback: {answer: {status: 200, body: \"[]\", "
                    + "content_type: application/json, retry_after: 90s}}"))
        let answer = try proxy.request("GET", "/list")
        #expect(answer.status == 200)
        #expect(answer.text == "[]")
        #expect(answer.value("Retry-After") == "90")
        #expect(try proxy.request("HEAD", "/list").status == 200)
        let posted = try proxy.request("POST", "/list", body: "item")
        #expect(posted.status == 502)
        #expect(posted.text.contains("connection refused"))
    }

    @Test("The top level speaks for services that have no answer, unless they want none")
    func topLevel() throws {
        let dead = try ScriptedBackend.refusingPort()
        let proxy = try ProxyUnderTest(
            """
            services:
              plain: {url: "http://127.0.0.1:\(dead)"}
              bare: {url: "http://127.0.0.1:\(dead)", fallback: none}
              own: {url: "http://127.0.0.1:\(dead)", fallback: {answer: {status: 500}}}
            route_rules:
              - {pattern: /plain, target: plain}
              - {pattern: /bare, target: bare}
              - {pattern: /own, target: own}
            fallback: {answer: {body: common}}
            """)
        #expect(try proxy.request("GET", "/plain").text == "common")
        #expect(try proxy.request("GET", "/bare").status == 502)
        let own = try proxy.request("GET", "/own")
        #expect(own.status == 500)
        #expect(own.body.isEmpty)
        #expect(try proxy.request("GET", "/elsewhere").status == 404)
    }

    @Test("A WebSocket handshake gets the answer, and the connection ends")
    func webSocket() throws {
        let dead = try ScriptedBackend.refusingPort()
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(to: dead, service: Self.answer))
        let socket = try proxy.connect()
        let answer = try socket.upgrade("/ws")
        #expect(answer.status == 503)
        #expect(answer.text == "<p>Sorry")
        #expect(try socket.isAtEnd())
    }

    @Test("An answer of the backend itself is passed on, whatever its status")
    func ownAnswer() throws {
        let backend = try ScriptedBackend(
            answering: "HTTP/1.1 500 No\r\nContent-Length: 3\r\n\r\nown")
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(to: backend.port, service: Self.answer))
        let answer = try proxy.request("GET", "/")
        #expect(answer.status == 500)
        #expect(answer.text == "own")
    }

    @Test("A backend that dies or talks nonsense before its answer has failed the request")
    func brokenBackend() throws {
        let backend = try ScriptedBackend { peer in
            let head = try peer.readHead()
            if head[0].contains("/nonsense") { try peer.send("what?\r\n\r\n") }
        }
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(to: backend.port, service: Self.answer))
        #expect(try proxy.request("GET", "/closed").text == "<p>Sorry")
        #expect(try proxy.request("GET", "/nonsense").text == "<p>Sorry")
        #expect(try proxy.request("POST", "/closed", body: "once").text == "<p>Sorry")
        #expect(backend.connectionCount == 3)
    }

    @Test("Another service is asked where the backend hangs, talks nonsense or breaks off")
    func serviceAfterSilence() throws {
        let origin = try TestOrigin()
        let bad = try ScriptedBackend { peer in
            let line = try peer.readHead()[0]
            if line.contains("nonsense") { try peer.send("what?\r\n\r\n") }
            if line.contains("half") { try peer.send("HTTP/1.1 200 OK\r\n") }
            if !line.contains("closed") { _ = try peer.readToEnd() }
        }
        let proxy = try ProxyUnderTest(
            """
            services:
              main:
                {url: "http://127.0.0.1:\(bad.port)", read_timeout: 200ms, fallback_service: spare}
              patient: {url: "http://127.0.0.1:\(bad.port)", fallback_service: spare}
              spare: {url: "http://127.0.0.1:\(origin.port)"}
            route_rules: [{pattern: /patient, target: patient}, {pattern: /*, target: main}]
            """)
        for kind in ["nonsense", "nonsense-closed", "half", "half-closed", "silence", "closed"] {
            #expect(try proxy.request("GET", "/bytes/3?\(kind)").text == "abc", "\(kind)")
        }
        // It may have been done.
        let fields = ["Content-Length: 0"]
        #expect(try proxy.request("POST", "/bytes/3?silence", fields: fields).status == 504)
        #expect(try proxy.request("POST", "/patient?nonsense", fields: fields).status == 502)
    }

    @Test("Another service goes first, unless the request may have been done")
    func service() throws {
        let origin = try TestOrigin()
        let closing = try ScriptedBackend { peer in _ = try peer.readHead() }
        let dead = try ScriptedBackend.refusingPort()
        let admin = try AdminUnderTest(
            """
            services:
              dead: {url: "http://127.0.0.1:\(dead)", fallback: {service: spare, answer: {body: no}}}
              closing: {url: "http://127.0.0.1:\(closing.port)", fallback: {service: spare, answer: {body: no}}}
              spare: {url: "http://127.0.0.1:\(origin.port)"}
            route_rules:
              - {pattern: /dead/*, target: dead, rewrite: {strip_prefix: /dead}}
              - {pattern: /closing/*, target: closing, rewrite: {strip_prefix: /closing}}
            """, options: ["--workers", "1"])
        let proxy = admin.proxy
        #expect(try EchoedRequest(proxy.request("GET", "/dead/echo")).target == "/echo")
        let posted = try proxy.request("POST", "/dead/echo", body: "content")
        #expect(posted.text.contains("content"))
        let line = try proxy.accessLine("/dead/echo")
        #expect(line.contains("\"fallback\":\"service\""))
        #expect(line.contains("\"service\":\"spare\""))
        let socket = try proxy.connect()
        #expect(try socket.upgrade("/dead/ws").status == 101)
        #expect(try EchoedRequest(proxy.request("GET", "/closing/echo")).target == "/echo")
        // It may have been done: it is not sent again.
        #expect(try proxy.request("POST", "/closing/echo", body: "once").text == "no")
        let name = "wsproxy_fallback_answers_total"
        try admin.awaitSample("\(name){service=\"dead\",kind=\"service\"}", 3)
        try admin.awaitSample("\(name){service=\"closing\",kind=\"service\"}", 1)
        try admin.awaitSample("\(name){service=\"closing\",kind=\"answer\"}", 1)
    }

    @Test("Services that take over are tried to the end; the answer is that of the one asked for")
    func chain() throws {
        let dead = try ScriptedBackend.refusingPort()
        let proxy = try ProxyUnderTest(
            """
            services:
              a: {url: "http://127.0.0.1:\(dead)", fallback: {service: b, answer: {body: of a}}}
              b: {url: "http://127.0.0.1:\(dead)", fallback: {service: c, answer: {body: of b}}}
              c: {url: "http://127.0.0.1:\(dead)", fallback: {answer: {body: of c}}}
              d: {url: "http://127.0.0.1:\(dead)", fallback: {service: a}}
            route_rules: [{pattern: /a, target: a}, {pattern: /d, target: d}]
            """, options: ["--workers", "1"])
        #expect(try proxy.request("GET", "/a").text == "of a")
        #expect(try proxy.request("GET", "/d").status == 502)
        #expect(try proxy.accessLine("/a").contains("\"fallback\":\"answer\""))
        #expect(try !proxy.accessLine("/d").contains("fallback"))
    }

    @Test("A service that takes over counts once, when it answers")
    func counted() throws {
        let dead = try ScriptedBackend.refusingPort()
        let origin = try TestOrigin()
        let admin = try AdminUnderTest(
            """
            services:
              a: {url: "http://127.0.0.1:\(dead)", fallback: {service: b}}
              b: {url: "http://127.0.0.1:\(dead)", fallback: {service: c}}
              c: {url: "http://127.0.0.1:\(origin.port)"}
              d: {url: "http://127.0.0.1:\(dead)", fallback: {service: e, answer: {body: of d}}}
              e: {url: "http://127.0.0.1:\(dead)"}
            route_rules: [{pattern: /a/*, target: a, rewrite: {strip_prefix: /a}}, {pattern: /d, target: d}]
            """, options: ["--workers", "1"])
        #expect(try admin.proxy.request("GET", "/a/bytes/1").status == 200)
        #expect(try admin.proxy.request("GET", "/d").text == "of d")
        #expect(try admin.proxy.connect().upgrade("/a/ws").status == 101)
        let name = "wsproxy_fallback_answers_total"
        try admin.awaitSample("\(name){service=\"a\",kind=\"service\"}", 2)
        try admin.awaitSample("\(name){service=\"d\",kind=\"answer\"}", 1)
        try admin.awaitSample("\(name){service=\"d\",kind=\"service\"}", 0)
        try admin.awaitSample("\(name){service=\"b\",kind=\"service\"}", 0)
    }

    @Test("After attempts with a status that `retry.on` names another service is asked")
    func status() throws {
        let busy = try ScriptedBackend(
            answering: "HTTP/1.1 503 Busy\r\nContent-Length: 4\r\n\r\nbusy")
        let origin = try TestOrigin()
        let proxy = try ProxyUnderTest(
            """
            services:
              busy:
                url: "http://127.0.0.1:\(busy.port)"
                retry: {attempts: 1, backoff: 1ms, max_backoff: 1ms, on: [503]}
                fallback: {service: spare}
              spare: {url: "http://127.0.0.1:\(origin.port)"}
            route_rules: [{pattern: /*, target: busy}]
            """, options: ["--workers", "1"])
        #expect(try EchoedRequest(proxy.request("GET", "/echo")).target == "/echo")
        #expect(try proxy.request("POST", "/echo", body: "once").text == "busy")
    }

    @Test("Without one, the answer stands in for such a status")
    func failingStatus() throws {
        let busy = try ScriptedBackend { peer in
            while !(try peer.isAtEnd()) {
                let head = try peer.readHead()
                let status = head[0].contains("/busy") ? "503 Busy" : "500 No"
                try peer.send("HTTP/1.1 \(status)\r\nContent-Length: 3\r\n\r\nown")
            }
        }
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(
                to: busy.port,
                service: Self.answer + "\nretry: {attempts: 1, backoff: 1ms, on: [503]}"),
            options: ["--workers", "1"])
        let connection = try proxy.connect()
        #expect(try connection.request("GET", "/busy").text == "<p>Sorry")
        #expect(try connection.request("GET", "/error").text == "own")
        let line = try proxy.accessLine("/busy")
        #expect(line.contains("\"fallback\":\"answer\""))
        #expect(line.contains("answered with a status that means a failure"))
        #expect(try proxy.request("POST", "/busy", body: "once").text == "own")
    }
}
