/// What holds where the configuration says nothing. Times are milliseconds, sizes are bytes.
enum Defaults {
    /// What a page may send without being asked, and so by `cors` (Fetch, 2.2.1).
    static let corsMethods = ["GET", "HEAD", "POST"]

    /// Time for a whole request head.
    static let headerTimeoutMilliseconds: UInt32 = 10_000
    /// Time between two requests on one connection.
    static let idleTimeoutMilliseconds: UInt32 = 75_000
    static let readTimeoutMilliseconds: UInt32 = 60_000
    static let writeTimeoutMilliseconds: UInt32 = 60_000
    static let dialTimeoutMilliseconds: UInt32 = 10_000
    /// Time that whoever is asked by `forward_auth` has, from dialling to the answer.
    static let forwardAuthMilliseconds: UInt32 = 5_000
    static let poolIdleTimeoutMilliseconds: UInt32 = 60_000
    static let headerBytesMax: UInt32 = 32_768
    static let urlBytesMax: UInt32 = 8_192
    static let bufferBytesMax: UInt32 = 65_536
    static let idleConnectionsMax: UInt32 = 256
    /// Attempts after the first, of services with several backends.
    static let retryAttempts: UInt32 = 2
    static let retryBackoffMilliseconds: UInt32 = 100
    static let retryBackoffMillisecondsMax: UInt32 = 2_000
    /// Failures in a row that eject one of several backends.
    static let consecutiveFailures: UInt32 = 5
    static let ejectionMilliseconds: UInt32 = 10_000
}
