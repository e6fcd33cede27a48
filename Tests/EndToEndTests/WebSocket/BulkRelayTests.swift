import TestSupport
import Testing

/// Goal: what is read in large pieces arrives as it was sent, in order, and nothing of the proxy's own stands in it.
/// Method: frames of megabytes, which fill more than one read, with an end, pings, limits and a drain around them.
@Suite("Relaying more than one read takes")
struct BulkRelayTests {
    private static let byteCount = 6 << 20
    private static let payload = (0..<byteCount).map {
        UInt8(truncatingIfNeeded: $0 &* 7 ^ $0 >> 11)
    }

    private static func start(
        _ isFramed: Bool, to port: UInt16, policy: String = "{max_message_size: 64MiB}",
        options: [String] = []
    ) throws -> ProxyUnderTest {
        isFramed
            ? try FramedProxy.start(to: port, policy: policy, options: options)
            : try ProxyUnderTest(ProxyUnderTest.everything(to: port), options: options)
    }

    @Test(
        "A backend that ends behind a large message has all of it delivered",
        arguments: [true, false])
    func fromBackend(isFramed: Bool) throws {
        let frame = TestConnection.serverFrame(0x82, Self.payload)
        let backend = try UpgradingBackend.start { peer in
            try peer.send(bytes: frame)
            try peer.send(bytes: TestConnection.serverFrame(0x88, [3, 0xE8]))
            peer.endSending()
            _ = try peer.readToEnd()
        }
        let proxy = try Self.start(isFramed, to: backend.port)
        let connection = try proxy.connect()
        #expect(try connection.upgrade("/ws").status == 101)
        #expect(try connection.readFrame() == (2, Self.payload))
        #expect(try connection.readFrame() == (8, [3, 0xE8]))
        connection.end()
        try Deadline.poll("the backend has seen the end") { backend.endedCount == 1 }
        #expect(backend.failures == [])
    }

    @Test(
        "A client that ends behind a large message has all of it delivered",
        arguments: [true, false])
    func fromClient(isFramed: Bool) throws {
        let received = ScriptResult<Bool>()
        let frame = TestConnection.frame(2, Self.payload)
        let backend = try UpgradingBackend.start { peer in
            received.set(try peer.readToEnd() == frame + TestConnection.frame(8, [3, 0xE8]))
        }
        let proxy = try Self.start(isFramed, to: backend.port)
        let connection = try proxy.connect()
        #expect(try connection.upgrade("/ws").status == 101)
        try connection.send(bytes: frame)
        try connection.send(bytes: TestConnection.frame(8, [3, 0xE8]))
        connection.endSending()
        #expect(try received.wait())
    }

    @Test("Pings of the proxy stand between large frames")
    func pings() throws {
        let frame = TestConnection.serverFrame(0x82, Self.payload)
        let backend = try UpgradingBackend.start { peer in
            while true {
                // Each ping of the proxy's is answered with a large message and the pong behind it.
                let ping = try peer.readMaskedFrame()
                if ping.first == 0x88 { return }
                try peer.send(bytes: frame + TestConnection.serverFrame(0x8A, ping.payload))
            }
        }
        let proxy = try Self.start(
            true, to: backend.port, policy: "{ping_interval: 100ms, pong_timeout: 20s}")
        let connection = try proxy.connect()
        #expect(try connection.upgrade("/ws").status == 101)
        var messageCount = 0
        while messageCount < 4 {
            let frame = try connection.readFrame()
            if frame.opcode == 9 {
                try connection.send(bytes: TestConnection.frame(10, frame.payload))
            } else {
                #expect(frame == (2, Self.payload))
                messageCount += 1
            }
        }
        try connection.send(bytes: TestConnection.frame(8, [3, 0xE8]))
        try Deadline.poll("the backend has ended") { backend.endedCount == 1 }
        #expect(backend.failures == [])
    }

    @Test("A drain ends behind a large frame, not in it", arguments: [true, false])
    func drain(isFramed: Bool) throws {
        let frame = TestConnection.serverFrame(0x82, Self.payload)
        let backend = try UpgradingBackend.start { peer in
            try peer.send(bytes: Array(frame[..<1_000_000]))
            let close = try peer.readMaskedFrame()
            try peer.send(bytes: Array(frame[1_000_000...]))
            try peer.send(bytes: TestConnection.serverFrame(0x88, close.payload))
            _ = try peer.readToEnd()
        }
        let proxy = try Self.start(isFramed, to: backend.port, options: ["--drain-timeout", "60s"])
        let connection = try proxy.connect()
        #expect(try connection.upgrade("/ws").status == 101)
        proxy.program.send(15)
        #expect(try connection.readFrame() == (2, Self.payload))
        let close = try connection.readFrame()
        #expect(close.opcode == 8)
        try connection.send(bytes: TestConnection.frame(8, close.payload))
        #expect(try connection.isAtEnd())
        #expect(try proxy.program.exit() == .code(0))
        #expect(backend.failures == [])
    }

    @Test("A message above its limit is refused behind ones that passed in large pieces")
    func limit() throws {
        let received = ScriptResult<[UInt8]>()
        let frame = TestConnection.frame(2, Self.payload)
        let backend = try UpgradingBackend.start { peer in
            let message = try peer.read(byteCount: frame.count)
            received.set(message == frame ? try peer.readMaskedFrame().payload : [])
        }
        let proxy = try Self.start(
            true, to: backend.port, policy: "{max_message_size: \(Self.byteCount)}")
        let connection = try proxy.connect()
        #expect(try connection.upgrade("/ws").status == 101)
        try connection.send(bytes: frame)
        try connection.send(
            bytes: Array(TestConnection.frame(2, Self.payload + [0]).prefix(100_000)))
        let close = try connection.readFrame()
        #expect(close.opcode == 8)
        #expect(FramedProxy.code(close.payload) == 1009)
        #expect(FramedProxy.code(try received.wait()) == 1001)
    }
}
