extension Section {
    static let webSocket = Section(
        "webSocketPolicy", "`config` of `websocket`", "path_patterns", "ping_interval",
        "pong_timeout", "read_timeout", "write_timeout", "max_connections",
        "max_connections_per_client", "max_messages_per_minute", "enable_rate_limit",
        "max_message_size", "max_frame_size", "enable_origin_check", "allowed_origins",
        "subprotocols", "connection_tracking")
    static let eventStream = Section(
        "eventStreamPolicy", "`config` of `sse`", "heartbeat_interval", "retry", "max_connections",
        "max_connections_per_client", "max_duration")
    static let auth = Section(
        "authPolicy", "`config` of `auth`", "jwt_secret", "jwt", "roles", "roles_claim",
        "token_from", "expired_close_code", "forward_auth", "basic")
    static let jwt = Section(
        "jwt", "`jwt`", "algorithms", "secret", "public_key", "jwks_file", "issuer", "audience",
        "leeway")
    static let forwardAuth = Section("forwardAuth", "`forward_auth`", "url", "headers")
    static let basic = Section("basic", "`basic`", "users_file")
    static let rateLimit = Section(
        "rateLimitPolicy", "`config` of `rate_limit`", "requests_per_minute", "burst_size", "key")
    static let cors = Section(
        "corsPolicy", "`config` of `cors`", "allowed_origins", "allowed_methods",
        "allowed_headers", "allow_credentials", "max_age")
    static let headers = Section(
        "headersPolicy", "`config` of `headers`", "request", "response")
    static let headerChanges = Section(
        "headerChanges", "`request` or `response` of `headers`", "set", "add", "remove")
    static let ipFilter = Section(
        "ipFilterPolicy", "`config` of `ip_filter`", "allow", "deny")
    static let logging = Section(
        "loggingPolicy", "`config` of `logging`", "log_level", "format", "output", "sample")
    static let dynamicRoute = Section(
        "dynamicRoutePolicy", "`config` of `dynamic_route`", "from", "services", "default")

    /// Every kind of map there is.
    static let all: [Section] = [
        topLevel, listener, listenerTLS, certificate, advanced, timeout, security, path, bufferSize,
        connectionPool, limits, concurrency, service, listedService, loadBalancer, backend,
        sessionAffinity, healthCheck, retry, circuitBreaker, upstreamTLS, hostRule, route, match,
        weightedService, rewrite, redirect, respond, middleware, secret, webSocket, eventStream,
        auth, jwt, forwardAuth, basic, rateLimit, cors, headers, headerChanges, ipFilter, logging,
        dynamicRoute, alert, webhook, fallback, commonFallback, lastGood, fallbackAnswer,
    ]
}
