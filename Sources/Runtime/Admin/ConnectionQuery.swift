internal import RouteTable

/// What a request to `/api/connections` asks for.
struct ConnectionQuery {
    /// Connections of one answer.
    static let countMax = 10_000
    static let countDefault = 1_000

    enum Purpose: Equatable {
        case list(countMax: Int, asText: Bool)
        /// - Parameter isOne: An identifier was given: what is not there is an error.
        case close(isOne: Bool)
    }

    let purpose: Purpose
    let selector: StreamSelector
    let task: StreamInquiry.Task

    /// Reads path and query. An unknown name is refused: what is misspelt would select too much.
    init(_ request: AdminRequest) throws(AdminRefusal) {
        let closes = request.method == .delete
        var selector = StreamSelector()
        var countMax = Self.countDefault
        var asText = request.prefersText
        var code = CloseCode.goingAway
        var reason = CloseReason("closed by the operator")
        for item in request.query {
            switch (item.name, closes) {
            case ("route", _): selector.route = Array(item.value.utf8)
            case ("service", _): selector.service = Array(item.value.utf8)
            case ("client", _): selector.client = try Self.client(item.value)
            case ("kind", _): selector.kind = try Self.kind(item.value)
            case ("limit", false): countMax = try Self.count(item.value)
            case ("after", false): selector.after = try Self.identifier(item.value)
            case ("format", false): asText = try Self.isText(item.value)
            case ("code", true): code = try Self.code(item.value)
            case ("reason", true): reason = try Self.reason(item.value)
            default:
                throw AdminRefusal(.badRequest, "there is no parameter \(item.name) here")
            }
        }
        if let text = Self.identifierText(in: request.path) {
            selector.id = try Self.identifier(text)
        }
        if closes {
            guard selector != StreamSelector() else {
                throw AdminRefusal(
                    .badRequest,
                    "name a connection by its id, or select with route, service, client or kind")
            }
            purpose = .close(isOne: selector.id != nil)
            task = .close(code: code, reason: reason)
        } else {
            purpose = .list(countMax: countMax, asText: asText)
            // One more shows whether there is another page.
            task = .describe(countMax: countMax + 1)
        }
        self.selector = selector
    }

    /// What follows `/api/connections/`.
    private static func identifierText(in path: String) -> Substring? {
        let prefix = "/api/connections/"
        return path.hasPrefix(prefix) ? path.dropFirst(prefix.count) : nil
    }

    private static func identifier(_ text: some StringProtocol) throws(AdminRefusal) -> StreamID {
        guard let id = StreamID(text: text) else {
            throw AdminRefusal(.badRequest, "\(text) is no id of a connection")
        }
        return id
    }

    private static func client(_ text: String) throws(AdminRefusal) -> ClientAddress {
        guard let address = SocketAddress(literal: text, port: 0) else {
            throw AdminRefusal(.badRequest, "client has to be an address without a port")
        }
        return address.address
    }

    private static func kind(_ text: String) throws(AdminRefusal) -> StreamKind {
        switch text {
        case "websocket": return .webSocket
        case "sse": return .eventStream
        default: throw AdminRefusal(.badRequest, "kind has to be websocket or sse")
        }
    }

    private static func count(_ text: String) throws(AdminRefusal) -> Int {
        guard let count = Int(text), (1...countMax).contains(count) else {
            throw AdminRefusal(.badRequest, "limit has to be a number from 1 to \(countMax)")
        }
        return count
    }

    private static func isText(_ text: String) throws(AdminRefusal) -> Bool {
        guard text == "text" || text == "json" else {
            throw AdminRefusal(.badRequest, "format has to be text or json")
        }
        return text == "text"
    }

    private static func code(_ text: String) throws(AdminRefusal) -> CloseCode {
        guard let number = UInt16(text), CloseCode(rawValue: number).isValidOnWire else {
            throw AdminRefusal(
                .badRequest,
                "code has to be one that may be sent: 1000 to 1003, 1007 to 1014, 3000 to 4999")
        }
        return CloseCode(rawValue: number)
    }

    private static func reason(_ text: String) throws(AdminRefusal) -> CloseReason {
        guard let reason = CloseReason(utf8: text.utf8) else {
            throw AdminRefusal(
                .badRequest, "reason may have \(CloseReason.byteCountMax) bytes at most")
        }
        return reason
    }
}
