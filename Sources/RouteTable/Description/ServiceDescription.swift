/// A service as the table describes it. Decoded once when a table is loaded.
///
/// Times are milliseconds, with the defaults of `advanced.timeout` already put in.
package struct ServiceDescription: Equatable, Sendable {
    /// How the endpoint of a request is chosen.
    package enum Strategy: UInt8, Sendable, CaseIterable {
        case roundRobin = 0
        case weightedRoundRobin = 1
        case leastConnections = 2
        case ipHash = 3
        case random = 4
        case weightedRandom = 5
        case responseTime = 6
        case consistentHash = 7
    }

    /// How an upstream over TLS is verified.
    package struct TLS: Equatable, Sendable {
        package var authority: String?
        package var certificate: String?
        package var key: String?
        package var serverName: String?
        package var skipsVerification: Bool
        package var requiresTLS13: Bool

        package init(
            authority: String?,
            certificate: String?,
            key: String?,
            serverName: String?,
            skipsVerification: Bool,
            requiresTLS13: Bool
        ) {
            self.authority = authority
            self.certificate = certificate
            self.key = key
            self.serverName = serverName
            self.skipsVerification = skipsVerification
            self.requiresTLS13 = requiresTLS13
        }
    }

    package var name: String
    package var strategy: Strategy
    /// Host (and SNI) sent upstream instead of the client's.
    package var proxyHost: String?
    /// Silence from upstream while an answer is due; after an upgrade, silence of both sides.
    package var readTimeoutMilliseconds: UInt32
    package var writeTimeoutMilliseconds: UInt32
    package var dialTimeoutMilliseconds: UInt32
    package var tls: TLS
    /// At least one.
    package var endpoints: [EndpointDescription]
    package var policy = ServicePolicy()

    package init(
        name: String,
        strategy: Strategy,
        proxyHost: String?,
        readTimeoutMilliseconds: UInt32,
        writeTimeoutMilliseconds: UInt32,
        dialTimeoutMilliseconds: UInt32,
        tls: TLS,
        endpoints: [EndpointDescription]
    ) {
        self.name = name
        self.strategy = strategy
        self.proxyHost = proxyHost
        self.readTimeoutMilliseconds = readTimeoutMilliseconds
        self.writeTimeoutMilliseconds = writeTimeoutMilliseconds
        self.dialTimeoutMilliseconds = dialTimeoutMilliseconds
        self.tls = tls
        self.endpoints = endpoints
    }
}
