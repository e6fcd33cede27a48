package import RouteTable

/// A place that a stream has taken; to be given back once, at the same ``StreamPlaces``.
package struct StreamPlace: BitwiseCopyable, Equatable, Sendable {
    /// Who takes it.
    package let client: ClientAddress
    /// Whether it counts for its client.
    package let countsForClient: Bool
}
