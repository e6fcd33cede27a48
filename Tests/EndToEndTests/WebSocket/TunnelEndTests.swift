import TestSupport
import Testing

/// Goal: the log tells who has ended an upgraded connection, whichever way they did.
/// Method: one side ends or resets while the connection is open and idle, on both data paths.
@Suite("Who has ended a WebSocket")
struct TunnelEndTests {
    private static func start(_ isFramed: Bool, to port: UInt16) throws -> ProxyUnderTest {
        isFramed
            ? try FramedProxy.start(to: port, policy: "{connection_tracking: true}")
            : try ProxyUnderTest(ProxyUnderTest.everything(to: port))
    }

    @Test("A client that leaves without a Close frame", arguments: [true, false])
    func clientLeaves(isFramed: Bool) throws {
        let backend = try UpgradingBackend.start { _ = try $0.readToEnd() }
        let proxy = try Self.start(isFramed, to: backend.port)
        let connection = try proxy.connect()
        #expect(try connection.upgrade("/left").status == 101)
        connection.end()
        let line = try proxy.accessLine("/left")
        #expect(line.contains("\"closed_by\":\"client\""))
        #expect(line.contains(isFramed ? "\"fault\":\"client\"" : "\"fault\":null"), "\(line)")
        #expect(!line.contains("\"fault\":\"upstream\""))
    }

    @Test("A client that only ends its own side is told nothing of a dead backend")
    func clientEndsItsSide() throws {
        let backend = try UpgradingBackend.start { peer in
            _ = try peer.readToEnd()
            try peer.send(bytes: TestConnection.serverFrame(0x81, Array("last".utf8)))
        }
        let proxy = try Self.start(true, to: backend.port)
        let connection = try proxy.connect()
        #expect(try connection.upgrade("/half").status == 101)
        connection.endSending()
        #expect(try connection.readFrame() == (1, Array("last".utf8)))
        #expect(try connection.isAtEnd())
        #expect(try proxy.accessLine("/half").contains("\"fault\":\"client\""))
    }

    @Test("A client that said Close and whose backend ends without one gets 1014")
    func backendOwesClose() throws {
        let backend = try UpgradingBackend.start { peer in _ = try peer.readMaskedFrame() }
        let proxy = try Self.start(true, to: backend.port)
        let connection = try proxy.connect()
        #expect(try connection.upgrade("/owed").status == 101)
        try connection.send(bytes: TestConnection.frame(8, [3, 0xE8]))
        connection.endSending()
        let close = try connection.readFrame()
        #expect(close.opcode == 8)
        #expect(FramedProxy.code(close.payload) == 1014)
    }

    @Test("A client that resets", arguments: [true, false])
    func clientResets(isFramed: Bool) throws {
        let backend = try UpgradingBackend.start { _ = try $0.readToEnd() }
        let proxy = try Self.start(isFramed, to: backend.port)
        let connection = try proxy.connect()
        #expect(try connection.upgrade("/reset").status == 101)
        connection.reset()
        let line = try proxy.accessLine("/reset")
        #expect(line.contains("\"closed_by\":\"client\",\"close_code\":1006"), "\(line)")
        #expect(line.contains("\"reason\":\"client reset\""))
    }

    @Test("A backend that resets", arguments: [true, false])
    func backendResets(isFramed: Bool) throws {
        let backend = try UpgradingBackend.start { peer in
            _ = try peer.readMaskedFrame()
            peer.reset()
        }
        let proxy = try Self.start(isFramed, to: backend.port)
        let connection = try proxy.connect()
        #expect(try connection.upgrade("/reset").status == 101)
        try connection.sendFrame(1, "go")
        if isFramed {
            #expect(FramedProxy.code(try connection.readFrame().payload) == 1014)
        } else {
            #expect(try connection.isAtEnd())
        }
        connection.end()
        let line = try proxy.accessLine("/reset")
        #expect(line.contains("\"closed_by\":\"upstream\",\"close_code\":1006"), "\(line)")
        #expect(line.contains("\"fault\":\"upstream\",\"reason\":\"reset while open\""), "\(line)")
    }
}
