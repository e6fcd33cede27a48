package import RouteTable

/// Which streams are meant: those for which all that is given holds. Nothing given: all.
package struct StreamSelector: Equatable, Sendable {
    package var id: StreamID?
    package var kind: StreamKind?
    /// Name of the route, or its pattern where it has none.
    package var route: [UInt8]?
    /// Name of the service.
    package var service: [UInt8]?
    /// The address, as routes see it.
    package var client: ClientAddress?
    /// Only those behind this one, in the order of worker and slot: for lists that are asked for in pages.
    package var after: StreamID?

    package init() {}
}
