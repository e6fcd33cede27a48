/// How a service picks the backend of a request.
package enum BalancingStrategy: Equatable, Sendable {
    /// What a consistent hash is taken of.
    package enum HashKey: Equatable, Sendable {
        case clientIP
        case header(String)
        case cookie(String)
        /// A capture of the route's pattern.
        case capture(String)
    }

    case roundRobin
    case weightedRoundRobin
    case leastConnections
    case ipHash
    case random
    case weightedRandom
    case responseTime
    case consistentHash(HashKey)
}
