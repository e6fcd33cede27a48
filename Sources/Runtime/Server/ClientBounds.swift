package import RouteTable

/// How many clients there may be, from the current table's settings.
package struct ClientBounds {
    /// Connected at once, to all workers together.
    package let countMax: UInt32
    /// Connections of one of them. 0: no bound.
    package let countPerClientMax: UInt32

    /// - Parameters:
    ///   - descriptorCountMax: How many the process may open. An eighth of them and a few more are
    ///     kept from clients: one that is served needs a second one, to its upstream.
    ///   - tableCount: Of the tables that are still in use. Each holds its file.
    package init(_ settings: RuntimeSettings, descriptorCountMax: UInt64, tableCount: Int) {
        let most = UInt32(clamping: descriptorCountMax - descriptorCountMax / 8)
        let own = Limits.ownDescriptors + UInt32(clamping: tableCount)
        let all = most > own ? most - own : 1
        countMax = settings.connectionsMax == 0 ? all : min(all, settings.connectionsMax)
        countPerClientMax = settings.connectionsPerClientMax
    }
}
