import TestSupport

/// A proxy whose only route has a `websocket` middleware.
enum FramedProxy {
    /// - Parameters:
    ///   - port: Of the backend.
    ///   - policy: `config` of the middleware, as a flow mapping.
    ///   - service: YAML lines for the service.
    static func start(
        to port: UInt16, policy: String, service: String = "", environment: [String: String] = [:],
        options: [String] = [], directory: TemporaryDirectory? = nil
    ) throws -> ProxyUnderTest {
        let configuration = """
            services:
              origin:
                url: "http://127.0.0.1:\(port)"
                \(service)
            middlewares:
              - name: websocket
                config: \(policy)
            route_rules:
              - pattern: /*
                name: everything
                target: origin
                middlewares: [websocket]

            """
        return try ProxyUnderTest(
            configuration, options: options, environment: environment, directory: directory)
    }

    /// The payload of a Close frame.
    static func close(_ code: UInt16, _ reason: String = "") -> [UInt8] {
        [UInt8(code >> 8), UInt8(code & 0xFF)] + Array(reason.utf8)
    }

    /// The code of a Close frame's payload.
    static func code(_ payload: [UInt8]) -> Int {
        payload.count < 2 ? 0 : Int(payload[0]) << 8 | Int(payload[1])
    }
}

/// A backend that accepts an upgrade and then does what a test says.
enum UpgradingBackend {
    static func start(
        fields: String = "", _ script: @escaping @Sendable (TestConnection) throws -> Void
    ) throws -> ScriptedBackend {
        try ScriptedBackend { peer in
            _ = try peer.readHead()
            try peer.send(
                "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                    + "Sec-WebSocket-Accept: \(TestConnection.webSocketAccept)\r\n\(fields)\r\n")
            try script(peer)
        }
    }
}

extension TestConnection {
    /// Reads a frame of a client, which must mask it.
    func readMaskedFrame() throws -> (first: UInt8, payload: [UInt8]) {
        let start = try read(byteCount: 2)
        guard start[1] & 0x80 != 0 else { throw TestSupportError("a frame is not masked") }
        var byteCount = Int(start[1] & 0x7F)
        if byteCount >= 126 {
            let length = try read(byteCount: byteCount == 126 ? 2 : 8)
            byteCount = length.reduce(0) { $0 << 8 | Int($1) }
        }
        let key = try read(byteCount: 4)
        return (start[0], try read(byteCount: byteCount).enumerated().map { $1 ^ key[$0 & 3] })
    }

    /// A frame as servers send it.
    static func serverFrame(_ first: UInt8, _ payload: [UInt8]) -> [UInt8] {
        let length: [UInt8] =
            switch payload.count {
            case ..<126: [UInt8(payload.count)]
            case ..<65_536: [126, UInt8(payload.count >> 8), UInt8(payload.count & 0xFF)]
            default:
                [127] + (0..<8).map { UInt8(truncatingIfNeeded: payload.count >> (56 - 8 * $0)) }
            }
        return [first] + length + payload
    }
}
