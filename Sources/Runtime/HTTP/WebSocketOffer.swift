import RouteTable

/// What must be remembered of a client's handshake until the upstream has answered it.
///
/// A plain value of fixed size, so that the request head need not be kept. Names are kept as hashes
/// of 32 bits: they hold an upstream to its word, they do not guard against one that makes
/// collisions.
package struct WebSocketOffer: BitwiseCopyable, Sendable {
    /// Most subprotocols of one handshake. With more it is refused.
    package static let subprotocolCountMax = 16
    /// Most extensions of one handshake that are remembered. An upstream cannot choose a later one.
    package static let extensionCountMax = 8

    /// What the upstream must send as `Sec-WebSocket-Accept`.
    package let accept: InlineArray<28, UInt8>
    private var subprotocols = InlineArray<16, UInt32>(repeating: 0)
    private var extensions = InlineArray<8, UInt32>(repeating: 0)
    private var subprotocolCount: UInt8 = 0
    private var extensionCount: UInt8 = 0

    /// - Precondition: The upgrade of `head` is ``UpgradeRequest/webSocket``.
    package init(_ head: RequestHead, fields: borrowing HeaderFields, bytes: RawSpan) {
        precondition(head.upgrade == .webSocket, "there is no handshake to remember")
        accept = WebSocketHandshake.accept(for: bytes.octets(head.webSocketKey))
        for index in 0..<fields.count {
            switch fields.kind(at: index) {
            case .secWebSocketProtocol: addSubprotocols(fields[index].value, in: bytes)
            case .secWebSocketExtensions: addExtensions(fields[index].value, in: bytes)
            default: break
            }
        }
    }

    /// Forgets subprotocols that were not passed on.
    ///
    /// - Parameter names: Those that may be.
    mutating func keepSubprotocols(_ names: [[UInt8]]) {
        var kept: UInt8 = 0
        for index in 0..<Int(subprotocolCount)
        where names.contains(where: { Self.hash($0) == subprotocols[index] }) {
            subprotocols[Int(kept)] = subprotocols[index]
            kept += 1
        }
        subprotocolCount = kept
    }

    private static func hash(_ name: [UInt8]) -> UInt32 {
        name.reduce(0x811C_9DC5) { ($0 ^ UInt32($1)) &* 0x0100_0193 }
    }

    /// Whether the client offered this subprotocol. Case matters.
    func offersSubprotocol(_ name: ByteRange, in bytes: RawSpan) -> Bool {
        let hash = Self.hash(name, in: bytes)
        for index in 0..<Int(subprotocolCount) where subprotocols[index] == hash { return true }
        return false
    }

    /// Whether the client offered this extension.
    ///
    /// - Parameter element: The name, with or without parameters.
    func offersExtension(_ element: ByteRange, in bytes: RawSpan) -> Bool {
        let hash = Self.hash(MediaType.withoutParameters(element, in: bytes), in: bytes)
        for index in 0..<Int(extensionCount) where extensions[index] == hash { return true }
        return false
    }

    private mutating func addSubprotocols(_ value: ByteRange, in bytes: RawSpan) {
        var list = ListCursor(value)
        while subprotocolCount < Self.subprotocolCountMax, let name = list.next(in: bytes) {
            subprotocols[Int(subprotocolCount)] = Self.hash(name, in: bytes)
            subprotocolCount += 1
        }
    }

    private mutating func addExtensions(_ value: ByteRange, in bytes: RawSpan) {
        var list = ListCursor(value)
        while extensionCount < Self.extensionCountMax, let element = list.next(in: bytes) {
            let name = MediaType.withoutParameters(element, in: bytes)
            extensions[Int(extensionCount)] = Self.hash(name, in: bytes)
            extensionCount += 1
        }
    }

    /// FNV-1a.
    private static func hash(_ name: ByteRange, in bytes: RawSpan) -> UInt32 {
        var hash: UInt32 = 0x811C_9DC5
        for offset in name.offsets {
            hash = (hash ^ UInt32(bytes.octet(at: offset))) &* 0x0100_0193
        }
        return hash
    }
}
