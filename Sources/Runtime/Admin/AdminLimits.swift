/// The bounds of the admin listener. It serves people and one or two scrapers.
enum AdminLimits {
    /// Clients at once. For one more, one that asks for nothing is closed; where all are being served, it is
    /// answered with 503 and closed.
    static let connectionsMax = 64
    /// Of them those who follow ``AdminCall/events``, who may stay for days. One more is answered with 503, and the
    /// other places are for whoever asks for anything else.
    static let followersMax = 32
    /// What that one is told to wait.
    static let followRetrySeconds = 10
    /// Clients taken in a turn: those who were taken before are read first.
    static let acceptsPerEventMax = 8
    static let headBytesMax = 16_384
    /// No call needs content; what there is of it is read and dropped.
    static let contentBytesMax = 16_384
    /// For a whole request, from its first byte.
    static let requestMilliseconds: UInt64 = 10_000
    /// Between two requests.
    static let idleMilliseconds: UInt64 = 75_000
    /// For a client that takes nothing of its answer.
    static let writeMilliseconds: UInt64 = 30_000
    /// For workers to answer.
    static let workerMilliseconds: UInt64 = 5_000
    static let tokenBytesMin = 16
    static let tokenBytesMax = 4_096
    /// Bytes read in one call.
    static let readBytes = 8_192
    /// Such calls for one event.
    static let readsPerEventMax = 8
    /// Connections that are written into a list before the control thread looks at anything else.
    static let rowsPerTurnMax = 256
    /// Between two snapshots of `GET /api/events`.
    static let eventMilliseconds: UInt64 = 1_000
    /// A client of `GET /api/events` that has not taken so much is skipped until it has.
    static let eventBacklogBytesMax = 1 << 20
}
