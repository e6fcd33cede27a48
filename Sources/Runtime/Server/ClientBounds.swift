package import RouteTable

/// How many clients there may be, from the current table's settings.
package struct ClientBounds {
    /// Connected at once, to all workers together.
    package let countMax: UInt32
    /// Connections of one of them. 0: no bound.
    package let countPerClientMax: UInt32
    /// Connections to clients and upstreams at once, of all workers together: what is left of the descriptors is for
    /// the process itself, which must answer how it is, and take another table, just when there is no more room.
    package let socketCountMax: UInt32

    /// - Parameters:
    ///   - descriptorCountMax: How many the process may open. An eighth of them and a few more are
    ///     kept from clients: one that is served needs a second one, to its upstream.
    ///   - ownCount: Descriptors that the process needs for itself.
    package init(_ settings: RuntimeSettings, descriptorCountMax: UInt64, ownCount: Int) {
        let own = UInt32(clamping: ownCount)
        let descriptors = UInt32(clamping: descriptorCountMax)
        let most = descriptors - descriptors / 8
        let all = most > own ? most - own : 1
        socketCountMax = descriptors > own ? max(descriptors - own, 2) : 2
        countMax = settings.connectionsMax == 0 ? all : min(all, settings.connectionsMax)
        countPerClientMax = settings.connectionsPerClientMax
    }

    /// What the process has open beside connections, or may have to open. Each table holds its file; each file of
    /// `logging` middlewares has what wakes its thread.
    static func ownCount(workers: Int, listeners: Int, tables: Int, logFiles: Int) -> Int {
        Limits.ownDescriptors + workers * (Limits.descriptorsPerWorker + listeners) + tables
            + 2 * logFiles
    }
}
