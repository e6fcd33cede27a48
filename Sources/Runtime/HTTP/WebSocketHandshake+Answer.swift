import RouteTable

extension WebSocketHandshake {
    /// Checks an upstream's 101 as a client must (RFC 6455, 4.1).
    ///
    /// - Returns: `nil` if the connection is a WebSocket now.
    package static func fault(
        of answer: ResponseHead, fields: borrowing HeaderFields, bytes: RawSpan,
        offer: WebSocketOffer
    ) -> HandshakeFault? {
        guard answer.isSwitchingProtocols else { return .notSwitchingProtocols }
        guard answer.version == .http11 else { return .outdatedVersion }
        guard isOnlyUpgrade(fields, bytes) else { return .missingUpgrade }
        guard answer.flags.contains(.connectionSaysUpgrade) else {
            return .missingConnectionUpgrade
        }
        var acceptCount = 0
        var subprotocolCount = 0
        for index in 0..<fields.count {
            let value = fields[index].value
            switch fields.kind(at: index) {
            case .secWebSocketAccept:
                acceptCount += 1
                guard isEqual(value, offer.accept, in: bytes) else { return .wrongAccept }
            case .secWebSocketProtocol:
                subprotocolCount += 1
                guard subprotocolCount == 1, offer.offersSubprotocol(value, in: bytes) else {
                    return .subprotocolNotOffered
                }
            case .secWebSocketExtensions:
                var list = ListCursor(value)
                while let element = list.next(in: bytes) {
                    guard offer.offersExtension(element, in: bytes) else {
                        return .extensionNotOffered
                    }
                }
            default: break
            }
        }
        return acceptCount == 1 ? nil : .wrongAccept
    }

    /// Whether `websocket` is all that is switched to: the one value of the one field.
    private static func isOnlyUpgrade(_ fields: borrowing HeaderFields, _ bytes: RawSpan) -> Bool {
        var count = 0
        for index in 0..<fields.count where fields.kind(at: index) == .upgrade {
            count += 1
            guard bytes.equalsIgnoringCase(fields[index].value, "websocket") else { return false }
        }
        return count == 1
    }

    /// What a 101 that was found valid agrees on.
    package static func agreedExtensions(
        _ fields: borrowing HeaderFields, _ bytes: RawSpan
    ) -> AgreedExtensions {
        var extensions: AgreedExtensions = []
        for index in 0..<fields.count where fields.kind(at: index) == .secWebSocketExtensions {
            var list = ListCursor(fields[index].value)
            while let element = list.next(in: bytes) {
                let name = MediaType.withoutParameters(element, in: bytes)
                let isCompression = bytes.equalsIgnoringCase(name, "permessage-deflate")
                extensions.insert(isCompression ? .compression : .others)
            }
        }
        return extensions
    }

    private static func isEqual(
        _ value: ByteRange, _ expected: InlineArray<28, UInt8>, in bytes: RawSpan
    ) -> Bool {
        guard value.count == 28 else { return false }
        for index in 0..<28 where bytes.octet(at: value.first + index) != expected[index] {
            return false
        }
        return true
    }
}
