internal import COpenSSL

/// The answer to a request for an upgrade (RFC 6455, 4.2).
struct WebSocketHandshake {
    /// Why there is no WebSocket.
    enum Refusal: Error, Equatable {
        /// 400.
        case malformed
        /// 426 with the version that is spoken here.
        case wrongVersion
    }

    /// The value of `Sec-WebSocket-Accept`.
    let accept: String
    /// The first subprotocol that was offered.
    let subprotocol: [UInt8]?
    /// Whether messages may be compressed (RFC 7692), each on its own.
    let compresses: Bool

    /// Whether the request asks for a WebSocket at all.
    static func isAsked(by head: RequestHead) -> Bool {
        head.lists("Upgrade", "websocket")
    }

    init(_ head: RequestHead) throws(Refusal) {
        guard head.method == Array("GET".utf8), head.minorVersion == 1,
            head.lists("Connection", "upgrade"), head.framing == .none
        else { throw .malformed }
        guard head.values("Sec-WebSocket-Version") == [Array("13".utf8)] else {
            throw .wrongVersion
        }
        let keys = head.values("Sec-WebSocket-Key")
        guard keys.count == 1, let key = keys.first, Self.isKey(key) else { throw .malformed }
        accept = Self.accept(for: key)
        subprotocol = head.elements("Sec-WebSocket-Protocol").first { $0.isToken }
        compresses = Self.offersCompression(head)
    }

    /// The head of the 101.
    var answer: [UInt8] {
        var head = ResponseHead(101)
        head.add("Upgrade", "websocket")
        head.add("Connection", "Upgrade")
        head.add("Sec-WebSocket-Accept", accept)
        if let subprotocol { head.add("Sec-WebSocket-Protocol", bytes: subprotocol) }
        if compresses {
            head.add(
                "Sec-WebSocket-Extensions",
                "permessage-deflate; server_no_context_takeover; client_no_context_takeover")
        }
        return head.finished
    }

    /// 16 bytes in base64 are 22 characters and two equals signs.
    private static func isKey(_ key: [UInt8]) -> Bool {
        key.count == 24 && key.suffix(2).allSatisfy { $0 == UInt8(ascii: "=") }
            && key.prefix(22).allSatisfy { byte in
                byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/")
                    || ([byte].isToken && !"!#$%&'*-.^_`|~".utf8.contains(byte))
            }
    }

    /// Whether the client offers permessage-deflate in a form in which its own bytes may be sent back.
    ///
    /// An offer with `server_max_window_bits` forbids that: the client may compress with a larger window than it
    /// wants to keep for what it receives.
    private static func offersCompression(_ head: RequestHead) -> Bool {
        head.elements("Sec-WebSocket-Extensions").contains { offer in
            let parts = offer.split(separator: UInt8(ascii: ";")).map { Array($0.trimmed) }
            return parts.first?.equalsIgnoringCase(Array("permessage-deflate".utf8)) == true
                && !parts.contains { $0.starts(with: Array("server_max_window_bits".utf8)) }
        }
    }

    private static func accept(for key: [UInt8]) -> String {
        let text = key + Array("258EAFA5-E914-47DA-95CA-C5AB0DC85B11".utf8)
        var digest = [UInt8](repeating: 0, count: 20)
        // SAFETY: SHA-1 reads `text.count` bytes and writes 20.
        _ = unsafe SHA1(text, text.count, &digest)
        // 20 bytes are 28 characters of base64, and OpenSSL ends them with a zero.
        var encoded = [UInt8](repeating: 0, count: 29)
        // SAFETY: the room is exactly what 20 bytes need.
        _ = unsafe EVP_EncodeBlock(&encoded, digest, 20)
        return String(decoding: encoded.prefix(28), as: UTF8.self)
    }
}
