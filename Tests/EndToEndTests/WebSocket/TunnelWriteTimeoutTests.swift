import TestSupport
import Testing

/// Goal: a side of a WebSocket that takes nothing is cut after the `write_timeout` that holds for it.
/// Method: frames are sent for as long as they are taken, and the other end reads none of them.
@Suite("Write timeouts of WebSockets")
struct TunnelWriteTimeoutTests {
    private static let payload = [UInt8](repeating: 7, count: 0x4000)

    /// A backend that sends frames for as long as they are taken.
    private static func endlessBackend() throws -> ScriptedBackend {
        try UpgradingBackend.start { peer in
            while true { try peer.send(bytes: TestConnection.serverFrame(0x82, payload)) }
        }
    }

    @Test("The middleware's holds towards the client")
    func client() throws {
        let backend = try Self.endlessBackend()
        let proxy = try FramedProxy.start(to: backend.port, policy: "{write_timeout: 200ms}")
        let stuck = try proxy.connect()
        #expect(try stuck.upgrade("/stuck").status == 101)
        let line = try proxy.accessLine("/stuck")
        #expect(line.contains("\"fault\":\"client\""))
        #expect(line.contains("client does not read"))
    }

    @Test(
        "The middleware's and the service's hold towards the backend",
        arguments: [
            ("{write_timeout: 200ms}", "write_timeout: 1h"),
            ("{connection_tracking: true}", "write_timeout: 200ms"),
        ])
    func backend(policy: String, service: String) throws {
        let released = LockedFlag(false)
        let backend = try UpgradingBackend.start { peer in
            try Deadline.poll("the connection was cut") { released.isSet }
            _ = try peer.readToEnd()
        }
        let proxy = try FramedProxy.start(to: backend.port, policy: policy, service: service)
        try Self.sendUntilCut(through: proxy, released)
    }

    @Test("The service's holds on the opaque path too")
    func opaque() throws {
        let released = LockedFlag(false)
        let backend = try UpgradingBackend.start { peer in
            try Deadline.poll("the connection was cut") { released.isSet }
            _ = try peer.readToEnd()
        }
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(to: backend.port, service: "write_timeout: 200ms"))
        try Self.sendUntilCut(through: proxy, released)
    }

    private static func sendUntilCut(
        through proxy: ProxyUnderTest, _ released: LockedFlag
    ) throws {
        let connection = try proxy.connect()
        #expect(try connection.upgrade("/stuck").status == 101)
        let frame = TestConnection.frame(2, payload)
        #expect(throws: TestSupportError.self) {
            while true { try connection.send(bytes: frame) }
        }
        let line = try proxy.accessLine("/stuck")
        released.exchange(true)
        #expect(line.contains("\"fault\":\"upstream\""), "\(line)")
        #expect(line.contains("\"reason\":\"does not read\""))
    }
}
