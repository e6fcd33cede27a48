internal import RouteTable

/// What a `websocket` middleware says, made ready for handshakes. Times are milliseconds; 0 means that it
/// says nothing.
struct WebSocketPolicy: Sendable {
    let description: WebSocketPolicyDescription
    let limits: StreamLimits
    /// Nil: any origin will do.
    let origins: AllowedOrigins?
    /// The only ones that may be offered to the upstream; none: all may.
    let subprotocols: [[UInt8]]

    init(_ description: WebSocketPolicyDescription) {
        self.description = description
        limits = StreamLimits(
            countMax: description.connectionsMax,
            countPerClientMax: description.connectionsPerClientMax)
        origins =
            description.checksOrigin ? AllowedOrigins(description.allowedOrigins) : nil
        subprotocols = description.subprotocols.map { Array($0.utf8) }
    }

    /// Whether a place has to be taken among the connections of the middleware.
    var countsConnections: Bool { limits != StreamLimits() }
}

extension TunnelPolicy {
    /// Longest time for a pong where nothing is said.
    private static let pongTimeoutMillisecondsMax: UInt32 = 10_000

    /// - Parameters:
    ///   - policy: Of the route; nil if it has none.
    ///   - service: What holds where the route says nothing.
    init(_ policy: WebSocketPolicyDescription?, service: borrowing ServiceState) {
        self.init()
        let policy = policy ?? WebSocketPolicyDescription()
        let ping =
            policy.pingIntervalMilliseconds > 0
            ? policy.pingIntervalMilliseconds : service.policy.pingIntervalMilliseconds
        pingIntervalMilliseconds = BriefTime.milliseconds(ping)
        isFramed = policy.isFramed || ping > 0
        pongTimeoutMilliseconds =
            policy.pongTimeoutMilliseconds > 0
            ? BriefTime.milliseconds(policy.pongTimeoutMilliseconds)
            : min(pingIntervalMilliseconds, Self.pongTimeoutMillisecondsMax)
        readTimeoutMilliseconds =
            policy.readTimeoutMilliseconds > 0
            ? policy.readTimeoutMilliseconds : UInt32(clamping: service.readTimeoutMilliseconds)
        clientWriteTimeoutMilliseconds = policy.writeTimeoutMilliseconds
        writeTimeoutMilliseconds =
            policy.writeTimeoutMilliseconds > 0
            ? policy.writeTimeoutMilliseconds
            : UInt32(clamping: service.writeTimeoutMilliseconds)
        messagesPerMinuteMax = policy.messagesPerMinuteMax
        if policy.messageBytesMax > 0 { messageBytesMax = policy.messageBytesMax }
        if policy.frameBytesMax > 0 { frameBytesMax = policy.frameBytesMax }
    }
}
