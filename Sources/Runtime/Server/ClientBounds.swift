import RouteTable

/// How many clients there may be, from the current table's settings. 0: no bound.
struct ClientBounds {
    /// Connected at once, to all workers together.
    let countMax: UInt32
    /// Connections of one of them.
    let countPerClientMax: UInt32

    init(_ settings: RuntimeSettings) {
        countMax = settings.connectionsMax
        countPerClientMax = settings.connectionsPerClientMax
    }
}
