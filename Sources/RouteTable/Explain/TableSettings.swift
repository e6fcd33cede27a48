/// What a table says about all requests, by the names that dumps and differences use.
struct TableSettings {
    private let pathRules: PathRules
    private let deniesHiddenFiles: Bool
    private let runtime: RuntimeSettings
    let listeners: [ListenerDescription]

    init(of table: borrowing LoadedTable) {
        pathRules = table.pathRules
        deniesHiddenFiles = table.deniesHiddenFiles
        runtime = table.settings()
        listeners = table.listeners()
    }

    /// How paths are read.
    var pathOptions: [(name: String, value: Bool)] {
        [
            ("merge_slashes", pathRules.mergesSlashes),
            ("keep_encoded_slash", pathRules.keepsEncodedSlash),
            ("deny_hidden_files", deniesHiddenFiles),
        ]
    }

    /// Limits and times. Times are milliseconds, sizes bytes.
    var values: [(name: String, value: UInt64)] {
        [
            ("workers", UInt64(runtime.workers)),
            ("header_timeout_ms", UInt64(runtime.headerTimeoutMilliseconds)),
            ("idle_timeout_ms", UInt64(runtime.idleTimeoutMilliseconds)),
            ("read_timeout_ms", UInt64(runtime.readTimeoutMilliseconds)),
            ("write_timeout_ms", UInt64(runtime.writeTimeoutMilliseconds)),
            ("max_header_bytes", UInt64(runtime.headerBytesMax)),
            ("max_body_bytes", runtime.bodyBytesMax),
            ("max_url_bytes", UInt64(runtime.urlBytesMax)),
            ("buffer_bytes", UInt64(runtime.bufferBytesMax)),
            ("max_idle_connections", UInt64(runtime.idleConnectionsMax)),
            ("max_active_connections", UInt64(runtime.activeConnectionsMax)),
            ("pool_idle_timeout_ms", UInt64(runtime.poolIdleTimeoutMilliseconds)),
            ("max_connections", UInt64(runtime.connectionsMax)),
            ("max_connections_per_client", UInt64(runtime.connectionsPerClientMax)),
        ]
    }

    /// CIDRs.
    var trustedProxies: [String] {
        runtime.trustedProxies.map { $0.address.cidr(prefixLength: $0.prefixLength) }
    }
}
