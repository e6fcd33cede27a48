import Glibc
import TestSupport
import Testing

@Suite("Signals")
struct SignalTests {
    private static func responding(_ text: String) -> String {
        "route_rules: [{pattern: /*, respond: {status: 200, body: \(text)}}]\n"
    }

    @Test("SIGTERM and SIGINT end an idle proxy with 0", arguments: [SIGTERM, SIGINT])
    func idleEnd(signal: Int32) throws {
        let proxy = try ProxyUnderTest(Self.responding("ok"))
        #expect(try proxy.request("GET", "/").text == "ok")
        proxy.program.send(signal)
        #expect(try proxy.program.exit() == .code(0))
    }

    @Test("A request that is under way is finished, and new connections are not taken")
    func drain() throws {
        let asked = LockedFlag(false)
        let release = LockedFlag(false)
        let backend = try ScriptedBackend { peer in
            _ = try peer.readHead()
            asked.exchange(true)
            try Deadline.poll("the test lets the backend answer") { release.isSet }
            try peer.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\ndone")
        }
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(to: backend.port), options: ["--drain-timeout", "60s"])
        let connection = try proxy.connect()
        try connection.send(TestConnection.head("GET", "/"))
        try Deadline.poll("the backend has the request") { asked.isSet }
        proxy.program.send(SIGTERM)
        try Deadline.poll("the proxy takes no connection") {
            (try? proxy.connect().isAtEnd()) ?? true
        }
        release.exchange(true)
        let answer = try connection.readAnswer()
        #expect(answer.text == "done")
        #expect(answer.value("Connection")?.lowercased() == "close")
        #expect(try proxy.program.exit() == .code(0))
    }

    @Test("What does not end by itself is ended after the drain timeout")
    func drainTimeout() throws {
        let pair = try OriginAndProxy(options: ["--drain-timeout", "300ms"])
        let socket = try pair.proxy.connect()
        #expect(try socket.upgrade("/ws").status == 101)
        let stream = try pair.proxy.connect()
        try stream.send(TestConnection.head("GET", "/sse", fields: ["Accept: text/event-stream"]))
        _ = try stream.readHead()
        pair.proxy.program.send(SIGTERM)
        #expect(try pair.proxy.program.exit() == .code(0))
        _ = try socket.readToEnd()
        _ = try stream.readToEnd()
    }

    @Test("A second signal ends at once")
    func secondSignal() throws {
        let pair = try OriginAndProxy(options: ["--drain-timeout", "1h"])
        let socket = try pair.proxy.connect()
        #expect(try socket.upgrade("/ws").status == 101)
        pair.proxy.program.send(SIGTERM)
        try Deadline.poll("the proxy takes no connection") {
            (try? pair.proxy.connect().isAtEnd()) ?? true
        }
        pair.proxy.program.send(SIGTERM)
        _ = try pair.proxy.program.exit()
        _ = try socket.readToEnd()
    }

    @Test("SIGHUP brings a new table without closing a connection")
    func reload() throws {
        let origin = try TestOrigin()
        let before = ProxyUnderTest.everything(to: origin.port)
        let proxy = try ProxyUnderTest(before)
        let socket = try proxy.connect()
        #expect(try socket.upgrade("/ws").status == 101)
        let kept = try proxy.connect()
        #expect(try kept.request("GET", "/bytes/1").text == "a")

        let second = "  - {pattern: /bytes/*, respond: {status: 200, body: second}}\n"
        try ProxyUnderTest.compile(before + second, in: proxy.directory)
        let lineCount = proxy.program.lines.count
        proxy.program.send(SIGHUP)
        try Deadline.poll("the new table answers") {
            try proxy.request("GET", "/bytes/1").text == "second"
        }
        // Its worker may take the table a turn later than the one that answered.
        try Deadline.poll("the new table answers on the kept connection") {
            try kept.request("GET", "/bytes/1").text == "second"
        }
        try socket.sendFrame(1, "still here")
        #expect(try socket.readFrame() == (1, Array("still here".utf8)))
        _ = try proxy.program.line(containing: "reload.adopted", from: lineCount)
    }

    @Test("A table that is refused changes nothing and says so in one line")
    func refusedReload() throws {
        let proxy = try ProxyUnderTest(Self.responding("first"))
        let table = try proxy.directory.read("routes.bin")
        try proxy.directory.write("routes.bin", bytes: Array(table.dropLast(7)))
        let lineCount = proxy.program.lines.count
        proxy.program.send(SIGHUP)
        let line = try proxy.program.line(containing: "routes.bin", from: lineCount)
        #expect(!line.contains("Fatal"))
        #expect(try proxy.request("GET", "/").text == "first")

        try ProxyUnderTest.compile(Self.responding("second"), in: proxy.directory)
        proxy.program.send(SIGHUP)
        try Deadline.poll("the new table answers") {
            try proxy.request("GET", "/").text == "second"
        }
    }

    /// Goal: what an older table counted ends well in the newer one, also for a backend that is listed twice.
    @Test("A reload while requests are at a backend that is listed twice loses nothing")
    func reloadWithTwins() throws {
        let origin = try TestOrigin()
        let twins = """
            services:
              twins:
                load_balancer:
                  strategy: least_connections
                  backends:
                    - {url: "http://127.0.0.1:\(origin.port)"}
                    - {url: "http://127.0.0.1:\(origin.port)"}
            route_rules: [{pattern: /*, target: twins}]
            """
        let proxy = try ProxyUnderTest(twins, options: ["--workers", "1"])
        let sockets = try (0..<4).map { _ in try proxy.connect() }
        for socket in sockets { #expect(try socket.upgrade("/ws").status == 101) }
        try proxy.reload()
        #expect(try proxy.request("GET", "/bytes/1").text == "a")
        for socket in sockets { socket.end() }
        try Deadline.poll("the origin has no connection left") {
            try origin.openConnectionCount() <= 1
        }
        #expect(try proxy.request("GET", "/bytes/1").text == "a")
    }

    /// Goal: no request is lost or answered by half a table. Method: requests on kept and new connections while the
    /// table changes fifty times.
    @Test("Fifty reloads under traffic lose no request")
    func manyReloads() throws {
        let proxy = try ProxyUnderTest(Self.responding("t0"))
        let before = try proxy.program.descriptorCount()
        let kept = try proxy.connect()
        for round in 1...50 {
            try ProxyUnderTest.compile(Self.responding("t\(round)"), in: proxy.directory)
            proxy.program.send(SIGHUP)
            try Deadline.poll("table \(round) answers") {
                let fresh = try proxy.request("GET", "/").text
                let same = try kept.request("GET", "/").text
                guard fresh.hasPrefix("t"), same.hasPrefix("t") else {
                    throw TestSupportError("lost: '\(fresh)' '\(same)'")
                }
                return fresh == "t\(round)"
            }
        }
        kept.end()
        try proxy.awaitDescriptorCount(before)
        #expect(try proxy.terminate() == .code(0))
    }
}
