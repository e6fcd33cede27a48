import TestSupport
import Testing

@Suite("Last good answers")
struct LastGoodTests {
    /// A backend that answers until it is told to fail: then it closes without a word.
    private static func backend(
        _ isDown: LockedFlag, _ answer: @escaping @Sendable ([String]) -> String
    ) throws -> ScriptedBackend {
        try ScriptedBackend { peer in
            while !(try peer.isAtEnd()) {
                let head = try peer.readHead()
                if isDown.isSet { return }
                try peer.send(answer(head))
            }
        }
    }

    /// Says which request it answers.
    private static func echo(_ head: [String], _ fields: String = "") -> String {
        let line = head[0]
        return "HTTP/1.1 200 OK\r\n\(fields)Content-Length: \(line.utf8.count)\r\n\r\n\(line)"
    }

    private static let service = "fallback: {last_good: {}, answer: {body: Sorry}}"

    private static func proxy(
        _ backend: ScriptedBackend, _ service: String = service, top: String = "",
        environment: [String: String] = [:]
    ) throws -> ProxyUnderTest {
        try ProxyUnderTest(
            ProxyUnderTest.everything(to: backend.port, service: service, top: top),
            options: ["--workers", "1"], environment: environment)
    }

    @Test("The last answer to the same request is given, with its age, when the backend fails")
    func down() throws {
        let isDown = LockedFlag(false)
        let backend = try Self.backend(isDown) {
            Self.echo($0, "X-From: backend\r\nContent-Type: text/x\r\n")
        }
        let admin = try AdminUnderTest(
            ProxyUnderTest.everything(to: backend.port, service: Self.service),
            options: ["--workers", "1"])
        let proxy = admin.proxy
        #expect(try proxy.request("GET", "/page?a=1").status == 200)
        isDown.exchange(true)
        let answer = try proxy.request("GET", "/page?a=1")
        #expect(answer.status == 200)
        #expect(answer.text == "GET /page?a=1 HTTP/1.1")
        #expect(answer.value("X-From") == "backend")
        #expect(answer.value("Content-Type") == "text/x")
        #expect(answer.value("Content-Length") == "22")
        #expect(answer.values("Date").count == 1)
        let age = try #require(answer.value("Age").flatMap { Int($0) })
        #expect((0..<60).contains(age))
        let head = try proxy.request("HEAD", "/page?a=1")
        #expect(head.status == 200)
        #expect(head.value("Content-Length") == "22")
        let other = try proxy.request("GET", "/page?a=2")
        #expect(other.status == 503)
        #expect(other.text == "Sorry")
        let posted = try proxy.request("POST", "/page?a=1", body: "content")
        #expect(posted.text == "Sorry")
        _ = try proxy.program.line(containing: "\"fallback\":\"last_good\"")
        let name = "wsproxy_fallback_answers_total{service=\"origin\""
        try admin.awaitSample("\(name),kind=\"last_good\"}", 2)
        try admin.awaitSample("\(name),kind=\"answer\"}", 2)
    }

    /// Goal: an answer that one worker has seen can be given by all.
    /// Method: of sixteen connections, which the kernel spreads over four workers, one makes the request.
    @Test("What one worker has seen the others give too")
    func otherWorkers() throws {
        let isDown = LockedFlag(false)
        let backend = try Self.backend(isDown) { Self.echo($0) }
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(to: backend.port, service: Self.service),
            options: ["--workers", "4"])
        let connections = try (0..<16).map { _ in try proxy.connect() }
        #expect(try connections[0].request("GET", "/page").status == 200)
        isDown.exchange(true)
        for connection in connections {
            let answer = try connection.request("GET", "/page")
            #expect(answer.status == 200)
            #expect(answer.text == "GET /page HTTP/1.1")
            #expect(answer.value("Age") != nil)
        }
    }

    @Test("It is given on a connection that goes on, also while nobody is asked any more")
    func ejected() throws {
        let isDown = LockedFlag(false)
        let body = String(repeating: "0123456789abcdef", count: 8_192)
        let backend = try Self.backend(isDown) { _ in
            "HTTP/1.1 200 OK\r\nContent-Length: \(body.utf8.count)\r\n\r\n\(body)"
        }
        let proxy = try Self.proxy(
            backend,
            "fallback: {last_good: {max_size: 128KiB}}\n"
                + "circuit_breaker: {consecutive_failures: 1, ejection_time: 1h}")
        #expect(try proxy.request("GET", "/").text == body)
        isDown.exchange(true)
        let connection = try proxy.connect()
        #expect(try connection.request("GET", "/").text == body)
        let connectionCount = backend.connectionCount
        for _ in 0..<3 {
            let answer = try connection.request("GET", "/")
            #expect(answer.text == body)
            #expect(answer.value("Age") != nil)
        }
        #expect(try connection.request("HEAD", "/").value("Content-Length") == "131072")
        #expect(try connection.request("GET", "/other").status == 503)
        #expect(backend.connectionCount == connectionCount)
    }

    @Test("Age counts on from what the backend says, and nothing older than max_stale is kept")
    func age() throws {
        let isDown = LockedFlag(false)
        let backend = try Self.backend(isDown) { head in
            Self.echo(head, "Age: \(head[0].contains("/old") ? 3_601 : 1_000)\r\n")
        }
        let proxy = try Self.proxy(backend, "fallback: {last_good: {max_stale: 1h}}")
        #expect(try proxy.request("GET", "/new").status == 200)
        #expect(try proxy.request("GET", "/old").status == 200)
        isDown.exchange(true)
        let answer = try proxy.request("GET", "/new")
        let age = try #require(answer.value("Age").flatMap { Int($0) })
        #expect((1_000..<1_060).contains(age))
        #expect(try proxy.request("GET", "/old").status == 502)
    }

    @Test("What is for one client, or must not be stored or be stale, is never kept")
    func notShareable() throws {
        let fields = [
            "Cache-Control: private", "Cache-Control: no-store", "Cache-Control: no-cache",
            "Cache-Control: max-age=5, must-revalidate", "Set-Cookie: sid=1", "Vary: Cookie",
            "Vary: *", "Vary: Accept-Encoding, Accept-Language",
        ]
        let isDown = LockedFlag(false)
        let backend = try Self.backend(isDown) { head in
            let index = head[0].split(separator: " ")[1].dropFirst(2)
            return Self.echo(head, (Int(index).map { fields[$0] } ?? "X: y") + "\r\n")
        }
        let proxy = try Self.proxy(backend)
        for index in fields.indices {
            #expect(try proxy.request("GET", "/f\(index)").status == 200)
        }
        #expect(try proxy.request("GET", "/fine").status == 200)
        isDown.exchange(true)
        for index in fields.indices {
            #expect(try proxy.request("GET", "/f\(index)").text == "Sorry", "\(fields[index])")
        }
        #expect(try proxy.request("GET", "/fine").status == 200)
    }

    /// Goal: nobody sees what another one was answered. Method: whoever names himself gets neither what an
    /// unknown client was answered, nor does he leave anything for others.
    @Test("Requests that say who asks neither leave an answer nor get one")
    func otherUsers() throws {
        let isDown = LockedFlag(false)
        let backend = try Self.backend(isDown) { Self.echo($0) }
        let proxy = try Self.proxy(backend)
        let names = ["Authorization: Bearer abc", "Cookie: sid=1", "X-API-Key: k"]
        for (index, name) in names.enumerated() {
            #expect(try proxy.request("GET", "/own\(index)", fields: [name]).status == 200)
        }
        #expect(try proxy.request("GET", "/common").status == 200)
        isDown.exchange(true)
        for (index, name) in names.enumerated() {
            #expect(try proxy.request("GET", "/own\(index)", fields: [name]).text == "Sorry")
            #expect(try proxy.request("GET", "/own\(index)").text == "Sorry")
            #expect(try proxy.request("GET", "/common", fields: [name]).text == "Sorry")
        }
        #expect(try proxy.request("GET", "/common").status == 200)
    }

    @Test("A client that had to show a token gets no kept answer, wherever the token is")
    func authenticated() throws {
        let secret = "a secret of more than thirty-two bytes"
        let isDown = LockedFlag(false)
        let backend = try Self.backend(isDown) { Self.echo($0) }
        let proxy = try Self.proxy(
            backend,
            top: """
                middlewares:
                  - name: door
                    type: auth
                    is_global: true
                    config: {jwt: {algorithms: [HS256], secret: {env: JWT_SECRET}}, token_from: ["query:token"]}
                """, environment: ["JWT_SECRET": secret])
        let path = "/page?token=" + TokenText.hmac(#"{"sub":"alice"}"#, secret: secret)
        #expect(try proxy.request("GET", path).status == 200)
        isDown.exchange(true)
        #expect(try proxy.request("GET", path).text == "Sorry")
    }

    @Test("Host, codings and what guards change tell answers apart")
    func keys() throws {
        let isDown = LockedFlag(false)
        let backend = try Self.backend(isDown) { head in
            Self.echo([head.joined(separator: "|")], "Vary: Accept-Encoding\r\n")
        }
        let proxy = try ProxyUnderTest(
            """
            middlewares:
              - {name: beta, type: headers, config: {request: {set: {X-Stage: beta}}}}
              - {name: stable, type: headers, config: {request: {set: {X-Stage: stable}}}}
            services:
              origin: {url: "http://127.0.0.1:\(backend.port)", \(Self.service)}
            route_rules:
              - {pattern: /*, target: origin, match: {headers: {Save-Data: "on"}}, middlewares: [beta]}
              - {pattern: /*, target: origin, middlewares: [stable]}
            """, options: ["--workers", "1"])
        let kinds: [[String]] = [
            [], ["Host: other.example"], ["Accept-Encoding: gzip"], ["Save-Data: on"],
        ]
        let before = try kinds.map { try proxy.request("GET", "/", fields: $0).text }
        #expect(Set(before).count == kinds.count)
        isDown.exchange(true)
        let after = try kinds.map { try proxy.request("GET", "/", fields: $0).text }
        #expect(after == before)
        let unknown = try proxy.request("GET", "/", fields: ["Accept-Encoding: br"])
        #expect(unknown.text == "Sorry")
    }

    @Test("Middlewares have their say about a kept answer as about any other")
    func changes() throws {
        let isDown = LockedFlag(false)
        let backend = try Self.backend(isDown) { Self.echo($0, "X-Inner: secret\r\n") }
        let proxy = try Self.proxy(
            backend,
            top: """
                middlewares:
                  - name: fields
                    type: headers
                    is_global: true
                    config: {response: {set: {X-Path: "{path}"}, remove: [X-Inner]}}
                """)
        #expect(try proxy.request("GET", "/a").value("X-Path") == "/a")
        isDown.exchange(true)
        let answer = try proxy.request("GET", "/a")
        #expect(answer.status == 200)
        #expect(answer.values("X-Path") == ["/a"])
        #expect(answer.values("X-Inner") == [])
        #expect(answer.text == "GET /a HTTP/1.1")
    }

    @Test("A WebSocket handshake and an event stream get the answer of the configuration")
    func streams() throws {
        let isDown = LockedFlag(false)
        let backend = try Self.backend(isDown) { Self.echo($0) }
        let proxy = try Self.proxy(backend)
        #expect(try proxy.request("GET", "/live").status == 200)
        isDown.exchange(true)
        let socket = try proxy.connect()
        let answer = try socket.upgrade("/live")
        #expect(answer.status == 503)
        #expect(answer.text == "Sorry")
        let events = try proxy.request("GET", "/live", fields: ["Accept: text/event-stream"])
        #expect(events.text == "Sorry")
        #expect(try proxy.request("GET", "/live").status == 200)
    }

    @Test("Kept answers take no more room than they may: the oldest one goes")
    func bounded() throws {
        let isDown = LockedFlag(false)
        let backend = try Self.backend(isDown) { head in
            let byteCount = head[0].contains("/large") ? 32_769 : 30_000
            return "HTTP/1.1 200 OK\r\nContent-Length: \(byteCount)\r\n\r\n"
                + String(repeating: "a", count: byteCount)
        }
        let proxy = try Self.proxy(
            backend, "fallback: {last_good: {max_size: 32KiB, max_total: 64KiB}}")
        for path in ["/a", "/b", "/c", "/large"] {
            #expect(try proxy.request("GET", path).status == 200)
        }
        isDown.exchange(true)
        let statuses = try ["/a", "/b", "/c", "/large"].map {
            try proxy.request("GET", $0).status
        }
        #expect(statuses == [502, 200, 200, 502])
    }

    @Test("Chunks are kept as one content; what breaks off or is too long is not kept")
    func contents() throws {
        let isDown = LockedFlag(false)
        let head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
        let long = String(repeating: "a", count: 2_000)
        let backend = try ScriptedBackend { peer in
            let request = try peer.readHead()
            if isDown.isSet { return }
            switch request[0].split(separator: " ")[1] {
            case "/chunks":
                try peer.send(head + "5\r\nhello\r\n6\r\n world\r\n0\r\nX-Trailer: 1\r\n\r\n")
            case "/broken": try peer.send(head + "5\r\nhello\r\n")
            case "/short": try peer.send("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhello")
            case "/long": try peer.send(head + "7d0\r\n\(long)\r\n0\r\n\r\n")
            default: try peer.send("HTTP/1.1 200 OK\r\n\r\nto the end")
            }
        }
        let proxy = try Self.proxy(backend, "fallback: {last_good: {max_size: 1KiB}}")
        for path in ["/chunks", "/long", "/end"] {
            #expect(try proxy.request("GET", path).status == 200)
        }
        for path in ["/broken", "/short"] {
            #expect(throws: (any Error).self) { try proxy.request("GET", path) }
        }
        isDown.exchange(true)
        let answer = try proxy.request("GET", "/chunks")
        #expect(answer.text == "hello world")
        #expect(answer.value("Content-Length") == "11")
        #expect(answer.trailers.isEmpty)
        for path in ["/long", "/end", "/broken", "/short"] {
            #expect(try proxy.request("GET", path).status == 502, "\(path)")
        }
    }

    @Test("What the backend says later takes a kept answer away, unless it is an error of its own")
    func replaced() throws {
        let isDown = LockedFlag(false)
        let isGone = LockedFlag(false)
        let backend = try Self.backend(isDown) { head in
            guard isGone.isSet else { return Self.echo(head) }
            let status =
                head[0].contains("/gone")
                ? "404 Not Found" : head[0].contains("/busy") ? "429 Later" : "500 No"
            return "HTTP/1.1 \(status)\r\nContent-Length: 0\r\n\r\n"
        }
        let proxy = try Self.proxy(backend)
        for path in ["/gone", "/error", "/busy"] {
            #expect(try proxy.request("GET", path).status == 200)
        }
        isGone.exchange(true)
        #expect(try proxy.request("GET", "/gone").status == 404)
        #expect(try proxy.request("GET", "/error").status == 500)
        #expect(try proxy.request("GET", "/busy").status == 429)
        isDown.exchange(true)
        #expect(try proxy.request("GET", "/gone").text == "Sorry")
        #expect(try proxy.request("GET", "/error").status == 200)
        #expect(try proxy.request("GET", "/busy").status == 200)
    }

    @Test("A status that `retry.on` names does not go before a kept answer")
    func failingStatus() throws {
        let isFailing = LockedFlag(false)
        let backend = try Self.backend(LockedFlag(false)) { head in
            isFailing.isSet
                ? "HTTP/1.1 503 No\r\nContent-Length: 2\r\n\r\nno" : Self.echo(head)
        }
        let proxy = try Self.proxy(
            backend, Self.service + "\nretry: {attempts: 1, backoff: 1ms, on: [503]}")
        let before = try proxy.request("GET", "/a")
        #expect(before.status == 200)
        isFailing.exchange(true)
        #expect(try proxy.request("GET", "/a").text == before.text)
        #expect(try proxy.request("GET", "/b").text == "Sorry")
    }

    @Test("Another service goes before a kept answer, and what it says is not kept")
    func otherService() throws {
        let (isDown, isSpareDown) = (LockedFlag(false), LockedFlag(false))
        let backend = try Self.backend(isDown) { _ in
            "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nown"
        }
        let spare = try Self.backend(isSpareDown) { _ in
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nspare"
        }
        let proxy = try ProxyUnderTest(
            """
            services:
              origin: {url: "http://127.0.0.1:\(backend.port)", fallback: {service: spare, last_good: {}}}
              spare: {url: "http://127.0.0.1:\(spare.port)"}
            route_rules: [{pattern: /*, target: origin}]
            """, options: ["--workers", "1"])
        #expect(try proxy.request("GET", "/a").text == "own")
        isDown.exchange(true)
        #expect(try proxy.request("GET", "/a").text == "spare")
        #expect(try proxy.request("GET", "/b").text == "spare")
        isSpareDown.exchange(true)
        #expect(try proxy.request("GET", "/a").text == "own")
        #expect(try proxy.request("GET", "/b").status == 502)
    }

    @Test("Kept answers live through a reload, unless it changes their service")
    func reload() throws {
        let isDown = LockedFlag(false)
        let backend = try Self.backend(isDown) { Self.echo($0) }
        func configuration(_ service: String, _ more: String = "") -> String {
            more + ProxyUnderTest.everything(to: backend.port, service: service)
        }
        let proxy = try ProxyUnderTest(
            configuration(Self.service), options: ["--workers", "1"])
        #expect(try proxy.request("GET", "/a").status == 200)
        isDown.exchange(true)
        let rule = "{pattern: a.example, route_rules: [{pattern: /x, target: origin}]}"
        try proxy.reload(configuration(Self.service, "host_rules: [\(rule)]\n"))
        #expect(try proxy.request("GET", "/a").status == 200)
        try proxy.reload(configuration(Self.service + "\nproxy_host: other.example"))
        #expect(try proxy.request("GET", "/a").text == "Sorry")
        try proxy.reload(configuration(Self.service))
        #expect(try proxy.request("GET", "/a").text == "Sorry")
    }
}
