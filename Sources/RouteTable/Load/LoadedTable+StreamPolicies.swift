import TableFormat

extension LoadedTable {
    /// What the `websocket` middlewares were told, in the order of their section.
    package func webSocketPolicies() -> [WebSocketPolicyDescription] {
        (0..<UInt32(view.count(of: .webSocketPolicies))).map { webSocketPolicy(at: $0) }
    }

    func webSocketPolicy(at index: UInt32) -> WebSocketPolicyDescription {
        let record = view.record(WebSocketPolicyRecord.self, .webSocketPolicies, at: index)
        let middleware = view.record(MiddlewareRecord.self, .middlewares, at: record.middleware)
        var policy = WebSocketPolicyDescription()
        policy.middleware = record.middleware
        policy.middlewareName = string(middleware.name)
        policy.pingIntervalMilliseconds = record.pingIntervalMilliseconds
        policy.pongTimeoutMilliseconds = record.pongTimeoutMilliseconds
        policy.readTimeoutMilliseconds = record.readTimeoutMilliseconds
        policy.writeTimeoutMilliseconds = record.writeTimeoutMilliseconds
        policy.connectionsMax = record.connectionsMax
        policy.connectionsPerClientMax = record.connectionsPerClientMax
        policy.messagesPerMinuteMax = record.messagesPerMinuteMax
        policy.messageBytesMax = record.messageBytesMax
        policy.frameBytesMax = record.frameBytesMax
        policy.checksOrigin = record.flags & WebSocketPolicyRecord.checksOrigin != 0
        policy.tracksConnections = record.flags & WebSocketPolicyRecord.tracksConnections != 0
        policy.isFramed = record.flags & WebSocketPolicyRecord.isFramed != 0
        policy.allowedOrigins = textItems(record.firstOrigin, record.originCount)
        policy.subprotocols = textItems(record.firstSubprotocol, record.subprotocolCount)
        policy.pathPatterns = (0..<record.pathPatternCount).map { offset in
            string(patternText(at: record.firstPathPattern + offset))
        }
        return policy
    }

    private func textItems(_ first: UInt32, _ count: UInt32) -> [String] {
        (first..<first + count).map { index in
            string(view.record(TextItemRecord.self, .textItems, at: index).text)
        }
    }

    /// The text of a path pattern as it was written.
    private func patternText(at index: UInt32) -> TextReference {
        view.record(PathPatternRecord.self, .pathPatterns, at: index).text
    }
}
