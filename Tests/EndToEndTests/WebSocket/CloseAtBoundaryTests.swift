import TestSupport
import Testing

/// Goal: a Close frame of the proxy never stands inside another frame, whatever the data path.
/// Method: the backend is in the middle of a frame when a drain wants the connection closed. That it has begun is
/// known when the backend gets its own Close frame, for nothing is under way in that direction.
@Suite("Close frames of the proxy")
struct CloseAtBoundaryTests {
    private static func proxy(
        to backend: ScriptedBackend, isFramed: Bool, drainTimeout: String
    ) throws -> ProxyUnderTest {
        let options = ["--drain-timeout", drainTimeout]
        return isFramed
            ? try FramedProxy.start(
                to: backend.port, policy: "{connection_tracking: true}", options: options)
            : try ProxyUnderTest(ProxyUnderTest.everything(to: backend.port), options: options)
    }

    @Test("They wait for the end of a frame, and for the answers", arguments: [true, false])
    func boundary(isFramed: Bool) throws {
        let payload = [UInt8](repeating: 7, count: 40_000)
        let frame = TestConnection.serverFrame(0x82, payload)
        let backend = try UpgradingBackend.start { peer in
            try peer.send(bytes: Array(frame[..<10_000]))
            let close = try peer.readMaskedFrame()
            guard close.first == 0x88, FramedProxy.code(close.payload) == 1001 else {
                throw TestSupportError("no Close frame: \(close)")
            }
            try peer.send(bytes: Array(frame[10_000...]))
            try peer.send(bytes: TestConnection.serverFrame(0x81, Array("too late".utf8)))
            try peer.send(bytes: TestConnection.serverFrame(0x88, close.payload))
            _ = try peer.readToEnd()
        }
        let proxy = try Self.proxy(to: backend, isFramed: isFramed, drainTimeout: "60s")
        let connection = try proxy.connect()
        #expect(try connection.upgrade("/draining").status == 101)
        proxy.program.send(15)
        #expect(try connection.readFrame() == (2, payload))
        let close = try connection.readFrame()
        #expect(close.opcode == 8)
        #expect(FramedProxy.code(close.payload) == 1001)
        try connection.send(bytes: TestConnection.frame(8, close.payload))
        #expect(try connection.isAtEnd())
        #expect(try proxy.program.exit() == .code(0))
        #expect(backend.failures == [])
        #expect(try proxy.accessLine("/draining").contains("ended by a drain"))
    }

    @Test("They wait for the last fragment of a message", arguments: [true, false])
    func message(isFramed: Bool) throws {
        let backend = try UpgradingBackend.start { peer in
            try peer.send(bytes: TestConnection.serverFrame(0x01, Array("one".utf8)))
            // The Close frame to the backend is the sign that the drain has begun.
            let close = try peer.readMaskedFrame()
            try peer.send(bytes: TestConnection.serverFrame(0x00, Array("two".utf8)))
            try peer.send(bytes: TestConnection.serverFrame(0x80, Array("end".utf8)))
            try peer.send(bytes: TestConnection.serverFrame(0x88, close.payload))
            _ = try peer.readToEnd()
        }
        let proxy = try Self.proxy(to: backend, isFramed: isFramed, drainTimeout: "10s")
        let connection = try proxy.connect()
        #expect(try connection.upgrade("/draining").status == 101)
        #expect(try connection.readFrame() == (1, Array("one".utf8)))
        proxy.program.send(15)
        #expect(try connection.readFrame() == (0, Array("two".utf8)))
        #expect(try connection.readFrame() == (0, Array("end".utf8)))
        let close = try connection.readFrame()
        #expect(FramedProxy.code(close.payload) == 1001)
        try connection.send(bytes: TestConnection.frame(8, close.payload))
        #expect(try connection.isAtEnd())
        #expect(try proxy.program.exit() == .code(0))
    }

    @Test("A message that does not end has a Close frame put into it before a drain's time is up")
    func endlessMessage() throws {
        let backend = try UpgradingBackend.start { peer in
            try peer.send(bytes: TestConnection.serverFrame(0x01, Array("one".utf8)))
            _ = try peer.readToEnd()
        }
        let proxy = try Self.proxy(to: backend, isFramed: false, drainTimeout: "2s")
        let connection = try proxy.connect()
        #expect(try connection.upgrade("/endless").status == 101)
        #expect(try connection.readFrame() == (1, Array("one".utf8)))
        proxy.program.send(15)
        let close = try connection.readFrame()
        #expect(close.opcode == 8)
        #expect(FramedProxy.code(close.payload) == 1001)
        connection.end()
        #expect(try proxy.program.exit() == .code(0))
    }

    @Test("Whose backend ends in the middle of a frame is reset", arguments: [true, false])
    func brokenFrame(isFramed: Bool) throws {
        let backend = try UpgradingBackend.start { peer in
            try peer.send(bytes: Array(TestConnection.serverFrame(0x82, [1, 2, 3, 4, 5])[..<4]))
        }
        let proxy = try Self.proxy(to: backend, isFramed: isFramed, drainTimeout: "1s")
        let connection = try proxy.connect()
        #expect(try connection.upgrade("/broken").status == 101)
        _ = try connection.readToEnd()
        #expect(connection.wasReset)
        #expect(try proxy.accessLine("/broken").contains("closed without a Close frame"))
    }

    @Test("Who does not answer is not waited for longer than five seconds")
    func noAnswer() throws {
        let backend = try UpgradingBackend.start { _ = try $0.readToEnd() }
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(to: backend.port, service: "read_timeout: 2s"))
        let connection = try proxy.connect()
        #expect(try connection.upgrade("/stubborn").status == 101)
        #expect(try connection.readFrame().opcode == 8)
        #expect(try connection.isAtEnd())
        #expect(try proxy.accessLine("/stubborn").contains("silent for too long"))
    }
}
