internal import RouteTable

/// A place that a stream has taken; to be given back once, at the same ``StreamPlaces``.
package struct StreamPlace: BitwiseCopyable, Equatable, Sendable {
    /// Who takes it: an address, or for IPv6 the network that it is part of.
    let client: ClientAddress
    /// Whether it counts for its client.
    let countsForClient: Bool

    /// - Parameter client: Who takes it.
    init(for client: ClientAddress, countsForClient: Bool) {
        self.client = client.network
        self.countsForClient = countsForClient
    }

    /// Whether `client` is who takes it.
    func isOf(_ client: ClientAddress) -> Bool { self.client == client.network }
}
