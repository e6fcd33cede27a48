import Foundation
import Glibc
import TestSupport
import Testing

@Suite("Admin listener")
struct AdminListenerTests {
    @Test("It says whether the proxy lives and is ready, and shows metrics")
    func basics() throws {
        let admin = try AdminUnderTest()
        #expect(try admin.request("GET", "/healthz").text == "ok\n")
        let ready = try admin.request("GET", "/readyz")
        #expect(ready.status == 200)
        #expect(ready.text == "ready\n")
        let metrics = try admin.request("GET", "/metrics")
        #expect(metrics.value("Content-Type") == "text/plain; version=0.0.4; charset=utf-8")
        #expect(metrics.text.contains("wsproxy_ready 1\n"))
        let head = try admin.request("HEAD", "/metrics")
        #expect(head.status == 200)
        #expect(head.body.isEmpty)
    }

    @Test("What is not there, and what is not there with this method")
    func unknown() throws {
        let admin = try AdminUnderTest()
        #expect(try admin.request("GET", "/nothing").status == 404)
        let drain = try admin.request("GET", "/api/drain")
        #expect(drain.status == 405)
        #expect(drain.value("Allow") == "POST")
        #expect(try admin.request("POST", "/metrics").value("Allow") == "GET, HEAD")
    }

    @Test("The page is there for whoever may connect, and runs no scripts but its own")
    func page() throws {
        let admin = try AdminUnderTest(token: "0123456789abcdef")
        let page = try admin.request("GET", "/")
        #expect(page.status == 200)
        #expect(page.value("Content-Type")?.hasPrefix("text/html") == true)
        let policy = try #require(page.value("Content-Security-Policy"))
        #expect(policy.contains("default-src 'none'"))
        #expect(!policy.contains("unsafe"))
        #expect(try admin.request("GET", "/page.js").status == 200)
        #expect(try admin.request("GET", "/page.jsx").status == 401)
        #expect(try admin.request("POST", "/").status == 401)
    }

    @Test("An address that others can reach is refused without a token")
    func remote() throws {
        let result = try RunningProgram.run(
            BuiltPrograms.path("wsproxy"), ["--routes", "none.bin", "--admin", "0.0.0.0:0"])
        #expect(result.exit == .code(2))
        #expect(result.errors.contains("--admin-token-file"))
        let alone = try RunningProgram.run(
            BuiltPrograms.path("wsproxy"), ["--routes", "none.bin", "--admin-token-file", "x"])
        #expect(alone.exit == .code(2))
        #expect(alone.errors.contains("--admin-token-file needs --admin"))
    }

    @Test("With a token, all but the health checks need it")
    func token() throws {
        let admin = try AdminUnderTest(token: "0123456789abcdef")
        #expect(try admin.request("GET", "/healthz").status == 200)
        #expect(try admin.request("GET", "/readyz").status == 200)
        for fields in [
            [], ["Authorization: Bearer 0123456789abcdeg"],
            ["Authorization: Basic 0123456789abcdef"],
            ["Authorization: Bearer "], ["Authorization: 0123456789abcdef"],
            ["Authorization: Bearer 0123456789abcdef", "Authorization: Bearer x"],
        ] {
            for (method, path) in [
                ("GET", "/metrics"), ("POST", "/api/drain"), ("POST", "/healthz"),
            ] {
                let answer = try admin.request(method, path, fields: fields)
                #expect(answer.status == 401, "\(method) \(path) \(fields)")
                #expect(answer.value("WWW-Authenticate") == "Bearer realm=\"wsproxy\"")
            }
        }
        for scheme in ["Bearer", "bearer"] {
            let answer = try admin.request(
                "GET", "/metrics",
                fields: ["Authorization: \(scheme) 0123456789abcdef", "Host: proxy.internal"])
            #expect(answer.status == 200)
        }
    }

    @Test("Without a token a name that could be rebound is refused as the host")
    func rebinding() throws {
        let admin = try AdminUnderTest()
        for host in ["evil.example", "evil.example:80", "127.0.0.1.evil.example", "localhost.evil"]
        {
            #expect(try admin.request("GET", "/metrics", fields: ["Host: \(host)"]).status == 421)
        }
        for host in ["localhost", "LOCALHOST:9901", "127.0.0.1", "[::1]:9901", "10.1.2.3:80"] {
            #expect(try admin.request("GET", "/metrics", fields: ["Host: \(host)"]).status == 200)
        }
    }

    @Test("What another site could send changes nothing")
    func crossSite() throws {
        let admin = try AdminUnderTest()
        let own = "http://127.0.0.1:\(admin.adminPort)"
        for (fields, status) in [
            (["Origin: https://evil.example"], 403), (["Origin: null"], 403),
            (["Origin: \(own)0"], 403),
            (["Origin: \(own)", "Origin: \(own)"], 403),
            (["Sec-Fetch-Site: cross-site"], 403), (["Sec-Fetch-Site: same-site"], 403),
            (["Origin: \(own)", "Sec-Fetch-Site: cross-site"], 403),
            (["Content-Type: text/plain"], 415),
            (["Content-Type: application/x-www-form-urlencoded"], 415),
            (["Content-Type: multipart/form-data; boundary=x"], 415),
            (["Content-Type: application/jsonx"], 415),
        ] {
            let answer = try admin.request("POST", "/api/drain", fields: fields)
            #expect(answer.status == status, "\(fields)")
        }
        #expect(try admin.request("GET", "/readyz").status == 200)
        let answer = try admin.request(
            "POST", "/api/drain",
            fields: [
                "Origin: \(own)", "Sec-Fetch-Site: same-origin",
                "Content-Type: application/json; charset=utf-8",
            ], body: "{}")
        #expect(answer.status == 202)
        #expect(try admin.proxy.program.exit() == .code(0))
    }

    @Test("A page of another site is told nothing, but may have a link to the page")
    func crossSiteReading() throws {
        let admin = try AdminUnderTest()
        let navigation = ["Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: document"]
        for site in ["cross-site", "same-site"] {
            let field = "Sec-Fetch-Site: \(site)"
            for path in ["/api/explain?url=http://a/", "/api/connections", "/metrics", "/page.js"] {
                let plain = try admin.request("GET", path, fields: [field])
                #expect(plain.status == 403, "\(site) \(path)")
                #expect(try admin.request("GET", path, fields: [field] + navigation).status == 403)
            }
            #expect(try admin.request("GET", "/", fields: [field]).status == 403)
            #expect(try admin.request("GET", "/", fields: [field] + navigation).status == 200)
            let framed = [field, "Sec-Fetch-Mode: navigate", "Sec-Fetch-Dest: iframe"]
            #expect(try admin.request("GET", "/", fields: framed).status == 403)
        }
        let twice = ["Sec-Fetch-Site: same-origin", "Sec-Fetch-Site: none"]
        #expect(try admin.request("GET", "/metrics", fields: twice).status == 403)
        for site in ["same-origin", "none"] {
            let field = "Sec-Fetch-Site: \(site)"
            #expect(try admin.request("GET", "/metrics", fields: [field]).status == 200)
        }
        // Whoever has the token is no other site.
        let guarded = try AdminUnderTest(token: "0123456789abcdef")
        let fields = ["Sec-Fetch-Site: cross-site", "Authorization: Bearer 0123456789abcdef"]
        #expect(try guarded.request("GET", "/metrics", fields: fields).status == 200)
    }

    @Test("A drain makes it not ready at once, and ends the proxy when nothing is left")
    func drain() throws {
        let asked = LockedFlag(false)
        let release = LockedFlag(false)
        let backend = try ScriptedBackend { peer in
            _ = try peer.readHead()
            asked.exchange(true)
            try Deadline.poll("the test lets the backend answer") { release.isSet }
            try peer.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone")
        }
        let admin = try AdminUnderTest(
            ProxyUnderTest.everything(to: backend.port), options: ["--drain-timeout", "60s"])
        let client = try admin.proxy.connect()
        try client.send(TestConnection.head("GET", "/"))
        try Deadline.poll("the backend has the request") { asked.isSet }
        #expect(try admin.request("POST", "/api/drain").status == 202)
        let ready = try admin.request("GET", "/readyz")
        #expect(ready.status == 503)
        #expect(ready.text == "draining\n")
        #expect(try admin.request("GET", "/healthz").status == 200)
        #expect(try admin.request("POST", "/api/drain").status == 202)
        release.exchange(true)
        #expect(try client.readAnswer().text == "done")
        #expect(try admin.proxy.program.exit() == .code(0))
    }

    @Test("A drain that was asked for says when its time is up")
    func drainTimeUp() throws {
        let backend = try UpgradingBackend.start { _ = try $0.readToEnd() }
        let admin = try AdminUnderTest(
            ProxyUnderTest.everything(to: backend.port), options: ["--drain-timeout", "200ms"])
        let client = try admin.proxy.connect()
        #expect(try client.upgrade("/ws").status == 101)
        #expect(try admin.request("POST", "/api/drain").status == 202)
        try admin.proxy.program.line(containing: "drain.timeout")
        #expect(try admin.proxy.program.exit() == .code(0))
    }

    @Test("Requests may come in pieces, behind each other, and with content")
    func framing() throws {
        let admin = try AdminUnderTest()
        let connection = try admin.connect()
        let host = "Host: 127.0.0.1\r\n"
        let requests =
            "GET /healthz HTTP/1.1\r\n\(host)\r\n"
            + "GET /nothing HTTP/1.1\r\n\(host)Content-Length: 3\r\n\r\nabc"
            + "GET /readyz HTTP/1.1\r\n\(host)Connection: close\r\n\r\n"
        for byte in requests.utf8 { try connection.send(bytes: [byte]) }
        #expect(try connection.readAnswer().text == "ok\n")
        #expect(try connection.readAnswer().status == 404)
        #expect(try connection.readAnswer().text == "ready\n")
        #expect(try connection.readToEnd().isEmpty)
    }

    @Test("What is no request is refused, and the connection closed")
    func garbage() throws {
        let admin = try AdminUnderTest()
        let host = "Host: 127.0.0.1\r\n"
        let long = String(repeating: "x", count: 20_000)
        for (request, status) in [
            ("garbage\r\n\r\n", 400), ("GET / HTTP/1.1\r\n\r\n", 400),
            (
                "GET /metrics HTTP/1.1\r\n\(host)X: \(long)\r\n\r\n",
                431
            ),
            ("POST /api/drain HTTP/1.1\r\n\(host)Content-Length: 99999999\r\n\r\n", 413),
            ("POST /api/drain HTTP/1.1\r\n\(host)Transfer-Encoding: chunked\r\n\r\n", 411),
            ("GET /metrics?a=%zz HTTP/1.1\r\n\(host)\r\n", 400),
        ] {
            let connection = try admin.connect()
            try connection.send(request)
            #expect(try connection.readAnswer().status == status, "\(request.prefix(60))")
            _ = try connection.readToEnd()
        }
        #expect(try admin.request("GET", "/readyz").status == 200)
    }

    /// Goal: who only looks keeps nobody out who asks. Method: as many followers as there may be and one more, and
    /// as many others as there are places at all.
    @Test("It serves a bounded number of followers, and others beside them")
    func followerBound() throws {
        let admin = try AdminUnderTest()
        let host = "Host: 127.0.0.1"
        let followers = try (0..<32).map { _ in try AdminEvents(admin) }
        let late = try admin.connect()
        let refused = try late.request("GET", "/api/events", fields: [host])
        #expect(refused.status == 503)
        #expect(refused.value("Retry-After") == "10")
        #expect(refused.text.contains("32 clients follow the events already"))
        // Its connection goes on.
        #expect(try late.request("GET", "/healthz", fields: [host]).status == 200)
        let others = try (0..<64).map { _ in
            let client = try admin.connect()
            #expect(try client.request("GET", "/healthz", fields: [host]).status == 200)
            return client
        }
        for follower in followers { _ = try follower.next() }
        withExtendedLifetime(others) {}
    }

    @Test("HEAD of the events has no content, and follows nothing")
    func headOfEvents() throws {
        let admin = try AdminUnderTest()
        let client = try admin.connect()
        try client.send(TestConnection.head("HEAD", "/api/events", fields: ["Host: 127.0.0.1"]))
        #expect(try client.readHead()[0] == "HTTP/1.1 200 OK")
        #expect(try client.isAtEnd())
    }

    /// Goal: whoever connects and says nothing, or not all, keeps nobody out. Method: as many as there may be, of
    /// each kind, and one who asks.
    @Test("Clients that ask for nothing make room for one that does, the most silent first")
    func silentClients() throws {
        let admin = try AdminUnderTest()
        let host = "Host: 127.0.0.1"
        let asked = try admin.connect()
        #expect(try asked.request("GET", "/healthz", fields: [host]).status == 200)
        let begun = try admin.connect()
        try begun.send("GET /healthz HTTP/1.1\r\n")
        let follower = try AdminEvents(admin)
        let silent = try (0..<61).map { _ in try admin.connect() }
        // All are there before the next one comes: the listener takes them in their order.
        let others = try (0..<61).map { _ in
            let client = try admin.connect()
            #expect(try client.request("GET", "/healthz", fields: [host]).status == 200)
            return client
        }
        for client in silent { #expect(try client.isAtEnd()) }
        _ = try follower.next()
        // Those who have asked, or have begun to, were spared.
        #expect(try asked.request("GET", "/healthz", fields: [host]).status == 200)
        try begun.send("\(host)\r\n\r\n")
        #expect(try begun.readAnswer().status == 200)
        withExtendedLifetime(others) {}
    }

    @Test("A file that is no socket is not replaced by one")
    func occupiedPath() throws {
        let directory = try TemporaryDirectory()
        let path = try directory.write("precious", "contents")
        let table = try ProxyUnderTest.compile(
            "route_rules: [{pattern: /*, respond: {status: 200, body: ok}}]\n", in: directory)
        let result = try RunningProgram.run(
            BuiltPrograms.path("wsproxy"),
            ["--routes", table, "--listen", "127.0.0.1:0=8080", "--admin", "unix:\(path)"])
        #expect(result.exit == .code(1))
        #expect(
            result.errors
                == "wsproxy: --admin unix:\(path): cannot listen: address in use\n")
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "contents")
    }

    @Test("A Unix socket is for its owner alone, and gone at the end")
    func unixSocket() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("admin.sock")
        let configuration = "route_rules: [{pattern: /*, respond: {status: 200, body: ok}}]\n"
        for _ in 0..<2 {
            let proxy = try ProxyUnderTest(configuration, options: ["--admin", "unix:\(path)"])
            _ = try proxy.program.line(containing: "admin=unix:\(path) listeners=")
            var status = stat()
            #expect(unsafe stat(path, &status) == 0)
            #expect(status.st_mode & 0o777 == 0o600)
            let result = try RunningProgram.run(
                "/usr/bin/curl", ["-sS", "--unix-socket", path, "http://any.name/readyz"])
            #expect(result.output == "ready\n", "\(result.errors)")
            // One that was killed leaves its socket; the next takes it over.
            proxy.program.send(SIGKILL)
            _ = try proxy.program.exit()
            #expect(unsafe stat(path, &status) == 0)
        }
        let proxy = try ProxyUnderTest(configuration, options: ["--admin", "unix:\(path)"])
        #expect(try proxy.terminate() == .code(0))
        var status = stat()
        #expect(unsafe stat(path, &status) != 0)
    }

    @Test("An address that is taken is said so, with the option")
    func addressInUse() throws {
        let admin = try AdminUnderTest()
        let table = admin.proxy.directory.file("routes.bin")
        let result = try RunningProgram.run(
            BuiltPrograms.path("wsproxy"),
            [
                "--routes", table, "--listen", "127.0.0.1:0=8080", "--admin",
                "127.0.0.1:\(admin.adminPort)",
            ])
        #expect(result.exit == .code(1))
        #expect(
            result.errors
                == "wsproxy: --admin 127.0.0.1:\(admin.adminPort): cannot listen: address in use\n")
    }
}
