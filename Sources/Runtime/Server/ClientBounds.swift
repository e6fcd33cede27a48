import RouteTable

/// How many clients there may be, from the current table's settings.
struct ClientBounds {
    /// Connected at once, to all workers together.
    let countMax: UInt32
    /// Connections of one of them. 0: no bound.
    let countPerClientMax: UInt32

    /// - Parameter descriptorCountMax: How many the process may open. An eighth of them and a few more are
    ///   kept from clients: one that is served needs a second one, to its upstream.
    init(_ settings: RuntimeSettings, descriptorCountMax: UInt64) {
        let most = UInt32(clamping: descriptorCountMax - descriptorCountMax / 8)
        let all = most > Limits.ownDescriptors ? most - Limits.ownDescriptors : 1
        countMax = settings.connectionsMax == 0 ? all : min(all, settings.connectionsMax)
        countPerClientMax = settings.connectionsPerClientMax
    }
}
