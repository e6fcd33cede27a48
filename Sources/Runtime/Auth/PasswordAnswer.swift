import RouteTable

/// What has come of one password.
struct PasswordAnswer: Sendable {
    /// The request that waits for it.
    let request: ConnectionToken
    /// The worker's table, and the guard in it.
    let table: UInt32
    let place: UInt32
    let digest: PasswordCache.Digest
    /// For the log.
    let route: RouteIndex?
    var isRight = false
}
