extension WebSocketPolicyDescription {
    /// What was set, by the names of the configuration. Times are milliseconds.
    var settings: [(name: String, value: String)] {
        let numbers: [(String, UInt64)] = [
            ("ping_interval_ms", UInt64(pingIntervalMilliseconds)),
            ("pong_timeout_ms", UInt64(pongTimeoutMilliseconds)),
            ("read_timeout_ms", UInt64(readTimeoutMilliseconds)),
            ("write_timeout_ms", UInt64(writeTimeoutMilliseconds)),
            ("max_connections", UInt64(connectionsMax)),
            ("max_connections_per_client", UInt64(connectionsPerClientMax)),
            ("max_messages_per_minute", UInt64(messagesPerMinuteMax)),
            ("max_message_size", messageBytesMax), ("max_frame_size", frameBytesMax),
        ]
        let flags = [
            ("enable_origin_check", checksOrigin), ("connection_tracking", tracksConnections),
        ]
        let lists = [
            ("allowed_origins", allowedOrigins), ("subprotocols", subprotocols),
            ("path_patterns", pathPatterns),
        ]
        return [("data_path", isFramed ? "framed" : "opaque")]
            + numbers.filter { $0.1 > 0 }.map { ($0.0, String($0.1)) }
            + flags.filter(\.1).map { ($0.0, "true") }
            + lists.filter { !$0.1.isEmpty }.map { ($0.0, $0.1.joined(separator: " ")) }
    }
}
