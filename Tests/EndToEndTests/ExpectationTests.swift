import TestSupport
import Testing

/// A client that asks whether its content is wanted (RFC 9110, 10.1.1), and a side that says nothing.
@Suite("Expect: 100-continue and silence")
struct ExpectationTests {
    private static let head = TestConnection.head(
        "POST", "/upload", fields: ["Expect: 100-continue", "Content-Length: 10"])

    /// Three times `header_timeout` are less than `read_timeout`, so it can be told who was waited for.
    private static func proxy(to port: UInt16) throws -> ProxyUnderTest {
        try ProxyUnderTest(
            ProxyUnderTest.everything(
                to: port, service: "read_timeout: 4s",
                top: "advanced: {timeout: {header_timeout: 1s}}"))
    }

    /// Goal: the client owes nothing yet, so three times `header_timeout` are not its time.
    @Test("A backend that says neither 100 nor anything else is a 504, and its fault")
    func silentBackend() throws {
        let backend = try ScriptedBackend { peer in
            _ = try peer.readHead()
            _ = try peer.readToEnd()
        }
        let proxy = try Self.proxy(to: backend.port)
        let connection = try proxy.connect()
        try connection.send(Self.head)
        #expect(try connection.readAnswer().status == 504)
        #expect(try connection.isAtEnd())
        #expect(try proxy.accessLine("/upload").contains("\"fault\":\"upstream\""))
    }

    @Test("A client that was asked for its content and sends none is a 408, and its fault")
    func silentClient() throws {
        let backend = try ScriptedBackend { peer in
            _ = try peer.readHead()
            try peer.send("HTTP/1.1 100 Continue\r\n\r\n")
            _ = try peer.readToEnd()
        }
        let proxy = try Self.proxy(to: backend.port)
        let connection = try proxy.connect()
        try connection.send(Self.head)
        #expect(try connection.readAnswer().status == 100)
        #expect(try connection.readAnswer().status == 408)
        #expect(try proxy.accessLine("/upload").contains("\"fault\":\"client\""))
    }

    @Test("So is one that has begun without being asked, and goes on with nothing")
    func begunByItself() throws {
        let backend = try ScriptedBackend { peer in
            _ = try peer.readHead()
            _ = try peer.readToEnd()
        }
        let proxy = try Self.proxy(to: backend.port)
        let connection = try proxy.connect()
        try connection.send(Self.head + "some")
        #expect(try connection.readAnswer().status == 408)
        #expect(try proxy.accessLine("/upload").contains("\"fault\":\"client\""))
    }

    @Test("An interim answer of another kind asks for nothing")
    func otherInterim() throws {
        let backend = try ScriptedBackend { peer in
            _ = try peer.readHead()
            try peer.send("HTTP/1.1 103 Early Hints\r\n\r\n")
            _ = try peer.readToEnd()
        }
        let proxy = try Self.proxy(to: backend.port)
        let connection = try proxy.connect()
        try connection.send(Self.head)
        #expect(try connection.readAnswer().status == 103)
        #expect(try connection.readAnswer().status == 504)
    }
}
