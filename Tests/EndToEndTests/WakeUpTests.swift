import Foundation
import TestSupport
import Testing

/// Cases in which nothing more will be announced by the kernel, and what is there must still be served.
@Suite("Nothing is forgotten")
struct WakeUpTests {
    /// Goal: what is held of pipelined requests never fills the buffer that a read needs.
    /// Method: twice the buffer's size in requests that are answered by the proxy itself, in one go.
    @Test("Ten thousand pipelined requests get ten thousand answers")
    func pipelining() throws {
        let proxy = try ProxyUnderTest(
            "route_rules: [{pattern: /hi, respond: {status: 200, body: hi}}]\n")
        let connection = try proxy.connect()
        let count = 10_000
        let request = "GET /hi HTTP/1.1\r\nHost: h\r\n\r\n"
        // A thread of its own: a task would wait for tests that block all of the pool's.
        Thread.detachNewThread {
            try? connection.send(String(repeating: request, count: count))
        }
        for _ in 0..<count { #expect(try connection.readAnswer().text == "hi") }
    }

    @Test("Uploads on a warm connection arrive whole, again and again")
    func warmUploads() throws {
        let pair = try OriginAndProxy()
        let connection = try pair.proxy.connect()
        let body = [UInt8](repeating: 0x61, count: 3_000_000)
        for _ in 0..<8 {
            try connection.send(
                TestConnection.head(
                    "POST", "/echo", fields: ["Content-Length: \(body.count)"]))
            try connection.send(bytes: body)
            let echoed = try EchoedRequest(try connection.readAnswer())
            #expect(echoed.bodyByteCount == body.count)
        }
    }

    @Test("A request behind one that can't be delivered is still answered")
    func behindFailure() throws {
        let proxy = try ProxyUnderTest(
            """
            services: {dead: {url: "http://255.255.255.255:9"}}
            route_rules:
              - {pattern: /dead, target: dead}
              - {pattern: /hi, respond: {status: 200, body: hi}}

            """)
        let connection = try proxy.connect()
        let second = TestConnection.head("GET", "/hi")
        try connection.send(TestConnection.head("GET", "/dead") + second.prefix(7))
        #expect(try connection.readAnswer().status == 502)
        try connection.send(String(second.dropFirst(7)))
        #expect(try connection.readAnswer().text == "hi")
    }

    @Test("An answer that comes before its request was read is passed on, not a write error")
    func earlyAnswer() throws {
        let backend = try ScriptedBackend { connection in
            _ = try connection.read(through: "\r\n\r\n")
            try connection.send(
                "HTTP/1.1 413 Content Too Large\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
            connection.end()
        }
        let proxy = try ProxyUnderTest(ProxyUnderTest.everything(to: backend.port))
        for _ in 0..<10 {
            let connection = try proxy.connect()
            try connection.send(
                TestConnection.head("POST", "/x", fields: ["Content-Length: 3000000"]))
            try? connection.send(bytes: [UInt8](repeating: 0x61, count: 200_000))
            #expect(try connection.readAnswer().status == 413)
        }
    }

    @Test("A client of HTTP/1.0 that names no host is served, and the backend is named its own")
    func noHost() throws {
        let pair = try OriginAndProxy()
        let connection = try pair.proxy.connect()
        try connection.send("GET /echo HTTP/1.0\r\n\r\n")
        let echoed = try EchoedRequest(try connection.readAnswer())
        #expect(echoed.values("Host") == ["127.0.0.1:\(pair.origin.port)"])
    }

    @Test("A listener that a reload removes is closed, and can come back")
    func removedListener() throws {
        func table(_ port: UInt16) -> String {
            "listeners: [{address: 127.0.0.1, port: \(port)}]\n"
                + "route_rules: [{pattern: /*, respond: {status: 200, body: ok}}]\n"
        }
        let first = try ScriptedBackend.refusingPort()
        let second = try ScriptedBackend.refusingPort()
        let proxy = try ProxyUnderTest(table(first), listen: [])
        for (port, old) in [(second, first), (first, second)] {
            let lineCount = proxy.program.lines.count
            try ProxyUnderTest.compile(table(port), in: proxy.directory)
            proxy.program.send(SIGHUP)
            _ = try proxy.program.line(containing: "reload.adopted", from: lineCount)
            try Deadline.poll("the new port answers and the old one is closed") {
                let answer = try? TestConnection(port: port).request("GET", "/").text
                return answer == "ok" && (try? TestConnection(port: old)) == nil
            }
        }
    }
}
