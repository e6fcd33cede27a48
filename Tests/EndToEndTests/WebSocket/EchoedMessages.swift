import TestSupport
import Testing

/// What every relayed WebSocket must do with an origin that echoes, whether its frames are looked at or not.
enum EchoedMessages {
    /// A message, one in pieces with a ping between them, and a close.
    static func mixed(on connection: TestConnection) throws {
        try connection.sendFrame(1, "hello")
        #expect(try connection.readFrame() == (1, Array("hello".utf8)))
        try connection.send(bytes: TestConnection.frame(2, [1, 2], isFinal: false))
        try connection.sendFrame(9, "ping")
        try connection.send(bytes: TestConnection.frame(0, [3]))
        #expect(try connection.readFrame() == (2, [1, 2]))
        #expect(try connection.readFrame() == (10, Array("ping".utf8)))
        #expect(try connection.readFrame() == (0, [3]))
        try connection.send(bytes: TestConnection.frame(8, [0x0f, 0xa1]))
        #expect(try connection.readFrame() == (8, [0x0f, 0xa1]))
        #expect(try connection.isAtEnd())
    }

    /// One message of `byteCount` bytes. The origin echoes while it reads: what is due is read while the rest is sent.
    static func large(_ byteCount: Int, on connection: TestConnection) throws {
        let payload = (0..<byteCount).map { UInt8(truncatingIfNeeded: $0 &* 7) }
        let frame = TestConnection.frame(2, payload)
        var sent = 0
        var received: [UInt8] = []
        let headByteCount = byteCount <= 125 ? 2 : byteCount <= 65_535 ? 4 : 10
        while received.count < byteCount + headByteCount {
            let piece = frame[sent..<min(frame.count, sent + 50_000)]
            try connection.send(bytes: Array(piece))
            sent += piece.count
            let due = max(0, sent - (frame.count - byteCount)) + headByteCount - received.count
            received += try connection.read(byteCount: due)
        }
        #expect(Array(received.dropFirst(headByteCount)) == payload)
    }

    /// A first message in one piece with the handshake, and greetings right behind its answer.
    static func withHandshake(on connection: TestConnection) throws {
        let head = TestConnection.head("GET", "/ws/greet/3", fields: TestConnection.upgradeFields)
        try connection.send(bytes: Array(head.utf8) + TestConnection.frame(1, Array("early".utf8)))
        #expect(try connection.readAnswer().status == 101)
        for number in 0..<3 {
            #expect(try connection.readFrame() == (1, Array("greeting \(number)".utf8)))
        }
        #expect(try connection.readFrame() == (1, Array("early".utf8)))
    }
}
