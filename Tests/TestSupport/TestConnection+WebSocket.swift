extension TestConnection {
    /// The key that ``upgrade(_:fields:)`` sends.
    package static let webSocketKey = "dGhlIHNhbXBsZSBub25jZQ=="
    /// What a server answers to it (RFC 6455, 1.3).
    package static let webSocketAccept = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo="

    /// The fields of a request for an upgrade.
    package static let upgradeFields = [
        "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 13",
        "Sec-WebSocket-Key: \(webSocketKey)",
    ]

    /// Asks for an upgrade and reads the answer, whatever it is.
    package func upgrade(_ target: String, fields: [String] = []) throws -> HTTPAnswer {
        try request("GET", target, fields: Self.upgradeFields + fields)
    }

    /// A masked frame, as clients send them.
    ///
    /// - Parameter opcode: 1 text, 2 binary, 8 close, 9 ping, 10 pong, 0 continuation.
    package static func frame(_ opcode: UInt8, _ payload: [UInt8], isFinal: Bool = true) -> [UInt8]
    {
        let mask: [UInt8] = [0x11, 0x22, 0x33, 0x44]
        var frame = [(isFinal ? 0x80 : 0) | opcode]
        switch payload.count {
        case ...125: frame.append(0x80 | UInt8(payload.count))
        case ...0xffff:
            frame += [0xfe, UInt8(payload.count >> 8), UInt8(payload.count & 0xff)]
        default:
            frame.append(0xff)
            frame += (0..<8).map { UInt8(truncatingIfNeeded: payload.count >> (56 - 8 * $0)) }
        }
        return frame + mask + payload.enumerated().map { $1 ^ mask[$0 & 3] }
    }

    /// Sends a masked frame.
    package func sendFrame(_ opcode: UInt8, _ text: String) throws {
        try send(bytes: Self.frame(opcode, Array(text.utf8)))
    }

    /// Reads a frame from a server, which must not mask it.
    package func readFrame() throws -> (opcode: UInt8, payload: [UInt8]) {
        let start = try read(byteCount: 2)
        guard start[1] & 0x80 == 0 else { throw TestSupportError("a server masks a frame") }
        var byteCount = Int(start[1])
        if byteCount >= 126 {
            let length = try read(byteCount: byteCount == 126 ? 2 : 8)
            byteCount = length.reduce(0) { $0 << 8 | Int($1) }
        }
        return (start[0] & 15, try read(byteCount: byteCount))
    }
}
