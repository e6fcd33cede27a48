import TestSupport
import Testing

/// Goal: each variable of the environment goes before what the table says, and the log names it.
/// Method: one variable at a time, over a policy that says something else.
@Suite("The environment of WebSockets")
struct WebSocketEnvironmentTests {
    private static func start(
        _ name: String, _ value: String, to port: UInt16, policy: String
    ) throws -> ProxyUnderTest {
        let proxy = try FramedProxy.start(to: port, policy: policy, environment: [name: value])
        let line = try proxy.program.line(containing: "environment.overrides")
        #expect(line.contains(name))
        return proxy
    }

    @Test("WEBSOCKET_PING_INTERVAL")
    func pingInterval() throws {
        let origin = try TestOrigin()
        let proxy = try Self.start(
            "WEBSOCKET_PING_INTERVAL", "200ms", to: origin.port, policy: "{ping_interval: 1h}")
        let connection = try proxy.connect()
        #expect(try connection.upgrade("/ws").status == 101)
        #expect(try connection.readFrame().opcode == 9)
    }

    @Test("WEBSOCKET_READ_TIMEOUT")
    func readTimeout() throws {
        let origin = try TestOrigin()
        let proxy = try Self.start(
            "WEBSOCKET_READ_TIMEOUT", "200ms", to: origin.port, policy: "{read_timeout: 1h}")
        let connection = try proxy.connect()
        #expect(try connection.upgrade("/ws").status == 101)
        #expect(FramedProxy.code(try connection.readFrame().payload) == 1001)
    }

    @Test("WEBSOCKET_WRITE_TIMEOUT")
    func writeTimeout() throws {
        let payload = [UInt8](repeating: 7, count: 0x4000)
        let backend = try UpgradingBackend.start { peer in
            while true { try peer.send(bytes: TestConnection.serverFrame(0x82, payload)) }
        }
        let proxy = try Self.start(
            "WEBSOCKET_WRITE_TIMEOUT", "200ms", to: backend.port, policy: "{write_timeout: 1h}")
        let stuck = try proxy.connect()
        #expect(try stuck.upgrade("/stuck").status == 101)
        #expect(try proxy.accessLine("/stuck").contains("client does not read"))
    }

    @Test("WEBSOCKET_MAX_CONNECTIONS")
    func connections() throws {
        let origin = try TestOrigin()
        let proxy = try Self.start(
            "WEBSOCKET_MAX_CONNECTIONS", "1", to: origin.port, policy: "{max_connections: 9}")
        let first = try proxy.connect()
        #expect(try first.upgrade("/ws").status == 101)
        #expect(try proxy.connect().upgrade("/ws").status == 503)
    }

    @Test(
        "WEBSOCKET_ENABLE_ORIGIN_CHECK turns the check on and off",
        arguments: [("true", false, 403), ("false", true, 101)])
    func originCheck(value: String, isOnInTable: Bool, status: Int) throws {
        let origin = try TestOrigin()
        let proxy = try Self.start(
            "WEBSOCKET_ENABLE_ORIGIN_CHECK", value, to: origin.port,
            policy:
                "{enable_origin_check: \(isOnInTable), allowed_origins: [\"https://a.example\"]}")
        let fields = ["Origin: https://b.example"]
        #expect(try proxy.connect().upgrade("/ws", fields: fields).status == status)
    }

    @Test("WEBSOCKET_ALLOWED_ORIGINS")
    func origins() throws {
        let origin = try TestOrigin()
        let proxy = try Self.start(
            "WEBSOCKET_ALLOWED_ORIGINS", "https://b.example,https://c.example", to: origin.port,
            policy: "{enable_origin_check: true, allowed_origins: [\"https://a.example\"]}")
        for (name, status) in [("a", 403), ("b", 101), ("c", 101)] {
            let fields = ["Origin: https://\(name).example"]
            #expect(try proxy.connect().upgrade("/ws", fields: fields).status == status)
        }
    }
}
