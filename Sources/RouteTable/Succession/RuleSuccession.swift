/// Which rules of one table stand unchanged in the one that comes after it.
///
/// What lives on a rule that does may go on living. Made once for a reload, off the workers.
package struct RuleSuccession: Sendable {
    /// The place of each rule in the later table; `.max` where it is gone or changed. Nil: the tables
    /// are the same.
    private let routes: [UInt32]?
    private let hosts: [UInt32]

    /// - Complexity: O(*n*) for *n* rules of both tables.
    package init(from earlier: borrowing LoadedTable, to later: borrowing LoadedTable) {
        guard earlier.digest != later.digest else {
            routes = nil
            hosts = []
            return
        }
        let before = RuleFingerprints(of: earlier)
        let after = RuleFingerprints(of: later)
        routes = Self.places(of: before.routes, in: after.routes)
        hosts = Self.places(of: before.hosts, in: after.hosts)
    }

    /// The place of a route in the later table, if it does there what it did.
    package func successor(of route: RouteIndex) -> RouteIndex? {
        guard let routes else { return route }
        let place = routes[Int(route.rawValue)]
        return place == .max ? nil : RouteIndex(place)
    }

    /// The place of a host rule in the later table, if requests to its target end there as they did.
    package func successor(ofHost host: UInt32) -> UInt32? {
        guard routes != nil else { return host }
        return hosts[Int(host)] == .max ? nil : hosts[Int(host)]
    }

    /// The first of several equal rules is taken: no request ever reaches the others.
    private static func places(of earlier: [UInt64], in later: [UInt64]) -> [UInt32] {
        var places: [UInt64: UInt32] = Dictionary(minimumCapacity: later.count)
        for (place, fingerprint) in later.enumerated() where places[fingerprint] == nil {
            places[fingerprint] = UInt32(place)
        }
        return earlier.map { places[$0] ?? .max }
    }
}
