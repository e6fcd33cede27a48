extension WebSocketPolicyDescription {
    /// The numbers that were set, by the names of the configuration.
    var settings: [(name: String, value: UInt64)] {
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
        return numbers.filter { $0.1 > 0 }
    }

    /// What else was set, and the data path that comes of it.
    var texts: [(name: String, value: String)] {
        let flags = [
            ("enable_origin_check", checksOrigin), ("connection_tracking", tracksConnections),
        ]
        let lists = [
            ("allowed_origins", allowedOrigins), ("subprotocols", subprotocols),
            ("path_patterns", pathPatterns),
        ]
        return [("data_path", isFramed ? "framed" : "opaque")]
            + flags.filter(\.1).map { ($0.0, "true") }
            + lists.filter { !$0.1.isEmpty }.map { ($0.0, $0.1.joined(separator: ",")) }
    }
}
