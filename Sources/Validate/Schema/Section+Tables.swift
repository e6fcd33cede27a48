extension Section {
    static let topLevel = Section(
        "configuration", "a configuration", "config_dir", "listeners", "advanced", "services",
        "host_rules", "route_rules", "middlewares", "middleware_services", "fallback", "alerts")

    static let listener = Section(
        "listener", "a listener", "address", "port", "tls", "proxy_protocol")
    static let listenerTLS = Section(
        "listenerTLS", "`tls` of a listener", "certificate", "key", "certificates", "client_ca",
        "client_auth", "min_version")
    static let certificate = Section(
        "certificate", "an item of `certificates`", "certificate", "key")

    static let advanced = Section(
        "advanced", "`advanced`", "port", "workers", "timeout", "security", "path", "buffer_size",
        "connection_pool", "limits", "concurrency")
    static let timeout = Section(
        "timeout", "`advanced.timeout`", "read_timeout", "write_timeout", "dial_timeout",
        "header_timeout", "idle_timeout")
    static let security = Section(
        "security", "`advanced.security`", "deny_hidden_files", "trusted_proxies",
        "max_header_bytes", "max_body_bytes", "max_url_bytes")
    static let path = Section("path", "`advanced.path`", "merge_slashes", "encoded_slash")
    static let bufferSize = Section(
        "bufferSize", "`advanced.buffer_size`", "read_buffer", "write_buffer")
    static let connectionPool = Section(
        "connectionPool", "`advanced.connection_pool`", "max_idle_connections",
        "max_active_connections", "idle_timeout")
    static let limits = Section(
        "limits", "`advanced.limits`", "max_connections", "max_connections_per_client")
    static let concurrency = Section(
        "concurrency", "`advanced.concurrency`", "max_goroutines", "goroutine_stack_size")

    static let service = Section(
        "service", "a service", "url", "proxy_host", "load_balancer", "health_check",
        "ping_interval", "read_timeout", "write_timeout", "dial_timeout", "retry",
        "circuit_breaker", "fallback_service", "fallback", "upstream_proxy", "tls")
    static let listedService = Section(
        "listedService", "a service", "name", "url", "proxy_host", "load_balancer", "health_check",
        "ping_interval", "read_timeout", "write_timeout", "dial_timeout", "retry",
        "circuit_breaker", "fallback_service", "fallback", "upstream_proxy", "tls")
    static let loadBalancer = Section(
        "loadBalancer", "`load_balancer`", "strategy", "hash_key", "backends",
        "session_affinity")
    static let backend = Section("backend", "a backend", "url", "weight")
    static let sessionAffinity = Section(
        "sessionAffinity", "`session_affinity`", "enabled", "cookie_name", "timeout")
    static let healthCheck = Section(
        "healthCheck", "`health_check`", "path", "interval", "timeout", "healthy_threshold",
        "unhealthy_threshold", "expect")
    static let retry = Section("retry", "`retry`", "attempts", "backoff", "max_backoff", "on")
    static let circuitBreaker = Section(
        "circuitBreaker", "`circuit_breaker`", "max_connections", "max_pending",
        "consecutive_failures", "ejection_time")
    static let upstreamTLS = Section(
        "upstreamTLS", "`tls` of a service", "ca", "certificate", "key", "server_name",
        "insecure_skip_verify", "min_version")

    static let fallback = Section(
        "fallback", "`fallback` of a service", "service", "last_good", "answer")
    static let commonFallback = Section("commonFallback", "`fallback`", "last_good", "answer")
    static let lastGood = Section("lastGood", "`last_good`", "max_stale", "max_size", "max_total")
    static let fallbackAnswer = Section(
        "fallbackAnswer", "`answer`", "status", "body", "body_file", "content_type", "headers",
        "retry_after")

    static let alert = Section(
        "alert", "an alert", "metric", "route", "service", "above", "quantile", "window", "for",
        "severity", "webhook")
    static let webhook = Section("webhook", "`webhook`", "service", "path")

    static let hostRule = Section(
        "hostRule", "a host rule", "pattern", "port", "target", "middlewares", "order",
        "route_rules")
    static let route = Section(
        "route", "a route", "pattern", "name", "match", "target", "targets", "middlewares",
        "priority", "rewrite", "redirect", "respond")
    static let match = Section(
        "match", "`match`", "protocol", "methods", "headers", "query", "cookies", "client_ip")
    static let weightedService = Section(
        "weightedService", "an item of `targets`", "service", "weight")
    static let rewrite = Section("rewrite", "`rewrite`", "strip_prefix", "add_prefix", "path")
    static let redirect = Section("redirect", "`redirect`", "to", "status")
    static let respond = Section("respond", "`respond`", "status", "body", "content_type")

    static let middleware = Section(
        "middleware", "a middleware", "name", "type", "enabled", "is_global", "config")
    static let secret = Section("secret", "a secret", "env", "file")
}
