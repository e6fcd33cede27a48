import Diagnostics
import RouteSyntax

/// The middlewares that are about long-lived connections.
extension ConfigurationDecoder {
    mutating func webSocketPolicy(_ node: Node) -> WebSocketPolicy? {
        guard let fields = fields(of: node, in: .webSocket) else { return nil }
        var policy = WebSocketPolicy()
        if let node = fields["path_patterns"] { policy.pathPatterns = pathPatterns(node) }
        policy.pingIntervalMilliseconds = duration("ping_interval", of: fields)
        policy.pongTimeoutMilliseconds = duration("pong_timeout", of: fields)
        policy.readTimeoutMilliseconds = duration("read_timeout", of: fields)
        policy.writeTimeoutMilliseconds = duration("write_timeout", of: fields)
        policy.connectionsMax = count("max_connections", of: fields)
        policy.connectionsPerClientMax = count("max_connections_per_client", of: fields)
        policy.messagesPerMinuteMax = count("max_messages_per_minute", of: fields)
        policy.limitsMessageRate = flag("enable_rate_limit", of: fields) ?? false
        if policy.limitsMessageRate, fields["max_messages_per_minute"] == nil,
            let range = fields.keyRange("enable_rate_limit")
        {
            sink.error(
                .missingKey, at: range,
                "`enable_rate_limit` needs `max_messages_per_minute` beside it")
        }
        if let node = fields["max_message_size"] {
            policy.messageBytesMax = size(node, "max_message_size", 1...(1 << 40))
        }
        if let node = fields["max_frame_size"] {
            policy.frameBytesMax = size(node, "max_frame_size", 1...(1 << 40))
        }
        policy.checksOrigin = flag("enable_origin_check", of: fields) ?? false
        if let node = fields["allowed_origins"] { policy.allowedOrigins = origins(node) }
        noteIdleHalves(of: fields)
        policy.subprotocols = fields["subprotocols"].map { tokens($0, "subprotocols") } ?? []
        policy.tracksConnections = flag("connection_tracking", of: fields) ?? false
        return policy
    }

    /// A limit or a list that is only looked at beside a switch. Who writes the switch out knows.
    private mutating func noteIdleHalves(of fields: Fields) {
        for (key, needed) in [
            ("max_messages_per_minute", "enable_rate_limit"),
            ("allowed_origins", "enable_origin_check"),
        ] {
            guard fields[needed] == nil, let range = fields.keyRange(key) else { continue }
            noteIdle(
                "`\(key)` has no effect without `\(needed)`", "add `\(needed): true`", at: range)
        }
    }

    mutating func eventStreamPolicy(_ node: Node) -> EventStreamPolicy? {
        guard let fields = fields(of: node, in: .eventStream) else { return nil }
        var policy = EventStreamPolicy()
        policy.heartbeatIntervalMilliseconds = duration("heartbeat_interval", of: fields)
        policy.retryMilliseconds = duration("retry", of: fields)
        policy.connectionsMax = count("max_connections", of: fields)
        policy.connectionsPerClientMax = count("max_connections_per_client", of: fields)
        policy.durationMillisecondsMax = duration("max_duration", of: fields)
        return policy
    }

    private mutating func pathPatterns(_ node: Node) -> [WebSocketPolicy.WrittenPath] {
        (list(node, "path_patterns") ?? []).compactMap { item in
            guard let text = text(item, "path_patterns"), let parsed = pathPattern(text, item)
            else { return nil }
            return WebSocketPolicy.WrittenPath(text: text, pattern: parsed.pattern)
        }
    }

    /// A list of tokens, such as names of headers.
    mutating func tokens(_ node: Node, _ key: String) -> [String] {
        (list(node, key) ?? []).compactMap { token($0, key) }
    }

    /// A list of origins (RFC 6454 section 6.1) or `*`.
    mutating func origins(_ node: Node) -> [String] {
        (list(node, "allowed_origins") ?? []).compactMap { origin($0) }
    }

    private mutating func origin(_ node: Node) -> String? {
        guard let text = text(node, "allowed_origins") else { return nil }
        if text == "*" || text == "null" { return text }
        guard let end = text.firstRange(of: "://") else {
            sink.error(
                .invalidURL, at: node.range, "`\(text)` is not an origin",
                suggestion: "an origin has a scheme: `https://\(text)`")
            return nil
        }
        let rest = text[end.upperBound...]
        if rest.contains("/") {
            let host = rest.prefix { $0 != "/" }
            sink.error(
                .invalidURL, at: node.range, "an origin has no path",
                suggestion: "write `\(text[..<end.upperBound])\(host)`")
            return nil
        }
        do throws(HostText.Fault) {
            let (host, port) = try UpstreamURLText.splitPort(String(rest))
            let wildcard = host.hasPrefix("*.")
            let canonical = try HostText.canonical(wildcard ? String(host.dropFirst(2)) : host)
            let scheme = HostText.lowercased(String(text[..<end.upperBound]))
            return scheme + (wildcard ? "*." : "") + canonical + (port.map { ":\($0)" } ?? "")
        } catch {
            sink.error(.invalidURL, at: node.range, error.message, suggestion: error.suggestion)
            return nil
        }
    }
}
