import Glibc
import TestSupport
import Testing

/// Goal: content of a request that its backend no longer takes is never read as the next request.
@Suite("Content that is not passed on any more")
struct AbandonedContentTests {
    private static let smuggled = "GET /smuggled HTTP/1.1\r\nHost: victim\r\n\r\n"

    /// Method: while the proxy is stopped, the client sends a piece of its content and the backend breaks off, so
    /// that the write of the piece is what fails. The rest of the content is a request to whoever reads it as one.
    @Test(
        "A backend that breaks off in an upload ends the client's connection",
        arguments: [false, true])
    func upload(isChunked: Bool) throws {
        let hasHead = LockedFlag(false)
        let mayBreakOff = LockedFlag(false)
        let backend = try ScriptedBackend { connection in
            let head = try connection.readHead()
            hasHead.exchange(true)
            guard head.first == "POST /upload HTTP/1.1" else {
                try connection.send("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                throw TestSupportError("got \(head.first ?? "")")
            }
            try Deadline.poll("the test lets it break off") { mayBreakOff.isSet }
            connection.reset()
        }
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(to: backend.port), options: ["--workers", "1"])
        let client = try proxy.connect()
        let piece = String(repeating: "x", count: 100)
        let start =
            isChunked
            ? "Transfer-Encoding: chunked\r\n\r\n64\r\n\(piece)\r\n"
            : "Content-Length: \(200 + Self.smuggled.utf8.count)\r\n\r\n\(piece)"
        try client.send("POST /upload HTTP/1.1\r\nHost: a\r\n" + start)
        try Deadline.poll("the backend has the request") { hasHead.isSet }
        try proxy.program.pause()
        try client.send(isChunked ? "64\r\n\(piece)\r\n" : piece)
        mayBreakOff.exchange(true)
        try Deadline.poll("the backend has broken off") { backend.endedCount == 1 }
        proxy.program.send(SIGCONT)
        let answer = try client.readHead()
        #expect(answer.first == "HTTP/1.1 502 Bad Gateway")
        #expect(answer.contains("Connection: close"))
        try? client.send(Self.smuggled)
        _ = try client.readToEnd()
        #expect(proxy.program.lines.filter { $0.text.contains("smuggled") } == [])
        #expect(try proxy.terminate() == .code(0))
        #expect(proxy.program.lines.filter { $0.text.contains("smuggled") } == [])
        #expect(backend.failures == [])
        #expect(backend.connectionCount == 1)
    }

    /// Method: as above, in the middle of an answer that lasts until its connection ends.
    @Test("An answer without a length whose backend breaks off in an upload is cut, not ended")
    func answer() throws {
        let mayBreakOff = LockedFlag(false)
        let backend = try ScriptedBackend { connection in
            _ = try connection.readHead()
            try connection.send("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\npart")
            try Deadline.poll("the test lets it break off") { mayBreakOff.isSet }
            connection.reset()
        }
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(to: backend.port), options: ["--workers", "1"])
        let client = try proxy.connect()
        try client.send("POST /cut HTTP/1.1\r\nHost: a\r\nContent-Length: 200\r\n\r\n")
        #expect(try client.readHead().first == "HTTP/1.1 200 OK")
        #expect(try client.readChunk() == Array("part".utf8))
        try proxy.program.pause()
        try client.send(String(repeating: "x", count: 100))
        mayBreakOff.exchange(true)
        try Deadline.poll("the backend has broken off") { backend.endedCount == 1 }
        proxy.program.send(SIGCONT)
        #expect(try client.readToEnd() == [])
        let line = try proxy.accessLine("/cut")
        #expect(line.contains("\"reason\":\"reset in the middle of the answer\""), "\(line)")
    }
}
