import RouteTable

/// The times that a client gets, from the current table's settings.
struct ClientTimeouts {
    /// For a whole request head.
    let headerMilliseconds: UInt64
    /// Between two requests.
    let idleMilliseconds: UInt64
    /// For ``Limits/contentWindowBytesMin`` bytes of content, while no answer has begun.
    let contentWindowMilliseconds: UInt64
    /// Silence while content is due.
    let readMilliseconds: UInt64
    /// No progress while bytes wait.
    let writeMilliseconds: UInt64

    init(_ settings: RuntimeSettings) {
        headerMilliseconds = UInt64(settings.headerTimeoutMilliseconds)
        contentWindowMilliseconds = 3 * headerMilliseconds
        idleMilliseconds = UInt64(settings.idleTimeoutMilliseconds)
        readMilliseconds = UInt64(settings.readTimeoutMilliseconds)
        writeMilliseconds = UInt64(settings.writeTimeoutMilliseconds)
    }
}
