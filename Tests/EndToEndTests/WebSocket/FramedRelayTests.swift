import TestSupport
import Testing

@Suite("Relaying WebSockets whose frames are looked at")
struct FramedRelayTests {
    private static let policy = "{max_message_size: 64MiB, connection_tracking: true}"

    @Test("Messages, fragments, pings and the close pass both ways")
    func echo() throws {
        let origin = try TestOrigin()
        let proxy = try FramedProxy.start(to: origin.port, policy: Self.policy)
        let connection = try proxy.connect()
        #expect(try connection.upgrade("/ws/a").status == 101)
        try EchoedMessages.mixed(on: connection)
        let line = try proxy.accessLine("/ws/a")
        #expect(line.contains("\"data_path\":\"framed\""))
        #expect(line.contains("\"fault\":null"))
    }

    @Test("Frames that come byte by byte pass as they are")
    func byteByByte() throws {
        let origin = try TestOrigin()
        let proxy = try FramedProxy.start(to: origin.port, policy: Self.policy)
        let connection = try proxy.connect()
        #expect(try connection.upgrade("/ws").status == 101)
        let payload = (0..<300).map { UInt8(truncatingIfNeeded: $0) }
        for byte in TestConnection.frame(2, payload) { try connection.send(bytes: [byte]) }
        #expect(try connection.readFrame() == (2, payload))
        for byte in TestConnection.frame(8, FramedProxy.close(1000, "bye")) {
            try connection.send(bytes: [byte])
        }
        #expect(try connection.readFrame() == (8, FramedProxy.close(1000, "bye")))
    }

    @Test("Large messages pass whole", arguments: [125, 126, 65_535, 65_536, 4_000_000])
    func sizes(byteCount: Int) throws {
        let origin = try TestOrigin()
        let proxy = try FramedProxy.start(to: origin.port, policy: Self.policy)
        let connection = try proxy.connect()
        #expect(try connection.upgrade("/ws").status == 101)
        try EchoedMessages.large(byteCount, on: connection)
    }

    @Test("Bytes that come together with the handshake are not lost, from either side")
    func bytesWithHandshake() throws {
        let origin = try TestOrigin()
        let proxy = try FramedProxy.start(to: origin.port, policy: Self.policy)
        let connection = try proxy.connect()
        try EchoedMessages.withHandshake(on: connection)
    }

    @Test("Frames of an extension that is not known here pass, reserved bits and all")
    func unknownExtension() throws {
        let backend = try UpgradingBackend.start(fields: "Sec-WebSocket-Extensions: x-foo\r\n") {
            let frame = try $0.readMaskedFrame()
            try $0.send(bytes: TestConnection.serverFrame(frame.first | 0x10, frame.payload))
            _ = try $0.readToEnd()
        }
        let proxy = try FramedProxy.start(to: backend.port, policy: Self.policy)
        let connection = try proxy.connect()
        let answer = try connection.upgrade(
            "/ws", fields: ["Sec-WebSocket-Extensions: x-foo, permessage-deflate"])
        #expect(answer.status == 101)
        var frame = TestConnection.frame(1, Array("hello".utf8))
        frame[0] |= 0x60
        try connection.send(bytes: frame)
        let echo = try connection.read(byteCount: 7)
        #expect(echo == [0xF1, 5] + Array("hello".utf8))
    }

    @Test("A client that breaks the protocol gets 1002, and so does the backend")
    func violation() throws {
        let seen = ScriptResult<[UInt8]>()
        let backend = try UpgradingBackend.start { peer in
            let text = try peer.readMaskedFrame()
            let close = try peer.readMaskedFrame()
            seen.set(text.payload + [close.first] + close.payload)
            try peer.send(bytes: TestConnection.serverFrame(0x88, close.payload))
            _ = try peer.readToEnd()
        }
        let proxy = try FramedProxy.start(to: backend.port, policy: Self.policy)
        let connection = try proxy.connect()
        #expect(try connection.upgrade("/bad").status == 101)
        try connection.send(
            bytes: TestConnection.frame(1, [65]) + TestConnection.frame(3, [66]))
        let close = try connection.readFrame()
        #expect(close.opcode == 8)
        #expect(FramedProxy.code(close.payload) == 1002)
        #expect(try connection.isAtEnd())
        let bytes = try seen.wait()
        #expect(Array(bytes[..<2]) == [65, 0x88])
        #expect(FramedProxy.code(Array(bytes[2...])) == 1002)
        let line = try proxy.accessLine("/bad")
        #expect(line.contains("\"fault\":\"client\""))
        #expect(line.contains("a frame has an unknown opcode"))
    }

    @Test("A backend that masks its frames is named as the offender")
    func violationByBackend() throws {
        let backend = try UpgradingBackend.start { peer in
            try peer.send(bytes: TestConnection.frame(1, [65]))
            _ = try peer.readMaskedFrame()
            _ = try peer.readToEnd()
        }
        let proxy = try FramedProxy.start(to: backend.port, policy: Self.policy)
        let connection = try proxy.connect()
        #expect(try connection.upgrade("/bad").status == 101)
        let close = try connection.readFrame()
        #expect(close.opcode == 8)
        #expect(FramedProxy.code(close.payload) == 1002)
        try connection.send(bytes: TestConnection.frame(8, close.payload))
        #expect(try connection.isAtEnd())
        let line = try proxy.accessLine("/bad")
        #expect(line.contains("\"fault\":\"upstream\""))
        #expect(line.contains("a frame of the server is masked"))
    }

    @Test("A message that is too big is 1009 to who sends it and 1001 to the other")
    func tooBig() throws {
        let code = ScriptResult<Int>()
        let backend = try UpgradingBackend.start { peer in
            let close = try peer.readMaskedFrame()
            code.set(FramedProxy.code(close.payload))
            try peer.send(bytes: TestConnection.serverFrame(0x88, close.payload))
            _ = try peer.readToEnd()
        }
        let proxy = try FramedProxy.start(to: backend.port, policy: "{max_message_size: 1000}")
        let connection = try proxy.connect()
        #expect(try connection.upgrade("/big").status == 101)
        try connection.send(bytes: TestConnection.frame(2, [UInt8](repeating: 1, count: 1001)))
        let close = try connection.readFrame()
        #expect(FramedProxy.code(close.payload) == 1009)
        #expect(try code.wait() == 1001)
        try connection.send(bytes: TestConnection.frame(8, close.payload))
        #expect(try connection.isAtEnd())
    }

    @Test("More messages than a minute may have end it with 1008")
    func tooMany() throws {
        let origin = try TestOrigin()
        let proxy = try FramedProxy.start(
            to: origin.port, policy: "{max_messages_per_minute: 3, enable_rate_limit: true}")
        let connection = try proxy.connect()
        #expect(try connection.upgrade("/ws").status == 101)
        for _ in 0..<3 {
            try connection.sendFrame(1, "x")
            #expect(try connection.readFrame().opcode == 1)
        }
        try connection.sendFrame(1, "x")
        let close = try connection.readFrame()
        #expect(FramedProxy.code(close.payload) == 1008)
        try connection.send(bytes: TestConnection.frame(8, close.payload))
        #expect(try connection.isAtEnd())
    }

    @Test("A backend that is gone without a Close frame is 1014 to the client", arguments: ["drop"])
    func upstreamDies(way: String) throws {
        let origin = try TestOrigin()
        let proxy = try FramedProxy.start(to: origin.port, policy: Self.policy)
        let connection = try proxy.connect()
        #expect(try connection.upgrade("/ws/\(way)").status == 101)
        try connection.sendFrame(1, "go")
        var frame = try connection.readFrame()
        while frame.opcode != 8 { frame = try connection.readFrame() }
        #expect(FramedProxy.code(frame.payload) == 1014)
        try connection.send(bytes: TestConnection.frame(8, frame.payload))
        #expect(try connection.isAtEnd())
        #expect(try proxy.accessLine("/ws/\(way)").contains("\"fault\":\"upstream\""))
    }

    @Test("Compressed messages pass where both agreed, and are a violation where they did not")
    func compression() throws {
        for agrees in [true, false] {
            let backend = try UpgradingBackend.start(
                fields: agrees ? "Sec-WebSocket-Extensions: permessage-deflate\r\n" : ""
            ) { peer in
                let frame = try peer.readMaskedFrame()
                try peer.send(bytes: TestConnection.serverFrame(frame.first, frame.payload))
                _ = try peer.readToEnd()
            }
            let proxy = try FramedProxy.start(to: backend.port, policy: Self.policy)
            let connection = try proxy.connect()
            let answer = try connection.upgrade(
                "/",
                fields: ["Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"])
            #expect(answer.status == 101)
            var frame = TestConnection.frame(1, [0xF2, 0x48, 0xCD, 0xC9, 0xC9, 0x07, 0x00])
            frame[0] |= 0x40
            try connection.send(bytes: frame)
            let start = try connection.read(byteCount: 1)
            #expect(start == [agrees ? 0xC1 : 0x88])
        }
    }
}
