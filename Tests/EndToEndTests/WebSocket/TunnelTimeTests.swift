import TestSupport
import Testing

@Suite("Pings and timeouts of WebSockets")
struct TunnelTimeTests {
    @Test("Both sides are pinged, and their pongs go no further")
    func pings() throws {
        let pinged = ScriptResult<[UInt8]>()
        let backend = try UpgradingBackend.start { peer in
            let ping = try peer.readMaskedFrame()
            try peer.send(bytes: TestConnection.serverFrame(0x8A, ping.payload))
            try peer.send(bytes: TestConnection.serverFrame(0x81, Array("after".utf8)))
            pinged.set([ping.first] + ping.payload)
            // The client's own pong, and not the one that answered a ping.
            while true {
                let frame = try peer.readMaskedFrame()
                if frame.first == 0x89 {
                    try peer.send(bytes: TestConnection.serverFrame(0x8A, frame.payload))
                    continue
                }
                try peer.send(
                    bytes: TestConnection.serverFrame(0x82, [frame.first] + frame.payload))
                if frame.first == 0x81 { return }
            }
        }
        let proxy = try FramedProxy.start(
            to: backend.port, policy: "{ping_interval: 300ms, pong_timeout: 20}")
        let connection = try proxy.connect()
        #expect(try connection.upgrade("/").status == 101)
        #expect(try pinged.wait().first == 0x89)
        var frames: [(opcode: UInt8, payload: [UInt8])] = []
        var pingCount = 0
        try connection.send(bytes: TestConnection.frame(10, Array("unasked".utf8)))
        while frames.count < 3 {
            let frame = try connection.readFrame()
            if frame.opcode == 9 {
                #expect(frame.payload.count == 12)
                try connection.send(bytes: TestConnection.frame(10, frame.payload))
                if pingCount == 0 { try connection.sendFrame(1, "end") }
                pingCount += 1
                continue
            }
            frames.append(frame)
        }
        #expect(pingCount > 0)
        #expect(frames.contains { $0.opcode == 1 && $0.payload == Array("after".utf8) })
        #expect(frames.contains { $0.payload == [0x8A] + Array("unasked".utf8) })
        #expect(frames.contains { $0.payload == [0x81] + Array("end".utf8) })
    }

    @Test("The service's ping_interval holds where the route says nothing")
    func servicePings() throws {
        let backend = try UpgradingBackend.start { _ = try $0.readToEnd() }
        let proxy = try ProxyUnderTest(
            ProxyUnderTest.everything(to: backend.port, service: "ping_interval: 200ms"))
        let connection = try proxy.connect()
        #expect(try connection.upgrade("/").status == 101)
        #expect(try connection.readFrame().opcode == 9)
    }

    @Test("Who does not answer a ping gets 1001, and so does the other side")
    func noPong() throws {
        let code = ScriptResult<Int>()
        let backend = try UpgradingBackend.start { peer in
            while true {
                let frame = try peer.readMaskedFrame()
                let answer: UInt8 = frame.first == 0x88 ? 0x88 : 0x8A
                try peer.send(bytes: TestConnection.serverFrame(answer, frame.payload))
                if answer == 0x88 { return code.set(FramedProxy.code(frame.payload)) }
            }
        }
        let proxy = try FramedProxy.start(
            to: backend.port, policy: "{ping_interval: 200ms, pong_timeout: 200ms}")
        let connection = try proxy.connect()
        #expect(try connection.upgrade("/dead").status == 101)
        var frame = try connection.readFrame()
        while frame.opcode == 9 { frame = try connection.readFrame() }
        #expect(FramedProxy.code(frame.payload) == 1001)
        #expect(try code.wait() == 1001)
        try connection.send(bytes: TestConnection.frame(8, frame.payload))
        #expect(try connection.isAtEnd())
        let line = try proxy.accessLine("/dead")
        #expect(line.contains("\"fault\":\"client\""))
        #expect(line.contains("no answer to a ping"))
    }

    @Test("Silence of both sides is 1001 after the policy's read timeout")
    func silence() throws {
        let origin = try TestOrigin()
        let proxy = try FramedProxy.start(to: origin.port, policy: "{read_timeout: 200ms}")
        let connection = try proxy.connect()
        #expect(try connection.upgrade("/ws").status == 101)
        let frame = try connection.readFrame()
        #expect(frame.opcode == 8)
        #expect(FramedProxy.code(frame.payload) == 1001)
        try connection.send(bytes: TestConnection.frame(8, frame.payload))
        #expect(try connection.isAtEnd())
        try Deadline.poll("the origin has no connection left") {
            try origin.openConnectionCount() == 0
        }
    }

    @Test("Where both answer pings there is no silence")
    func pingsAreNoSilence() throws {
        let origin = try TestOrigin()
        let proxy = try FramedProxy.start(
            to: origin.port, policy: "{read_timeout: 600ms, ping_interval: 150ms}")
        let connection = try proxy.connect()
        #expect(try connection.upgrade("/ws").status == 101)
        for _ in 0..<8 {
            let frame = try connection.readFrame()
            #expect(frame.opcode == 9)
            try connection.send(bytes: TestConnection.frame(10, frame.payload))
        }
        try connection.sendFrame(1, "still here")
        var frame = try connection.readFrame()
        while frame.opcode == 9 { frame = try connection.readFrame() }
        #expect(frame == (1, Array("still here".utf8)))
    }
}
