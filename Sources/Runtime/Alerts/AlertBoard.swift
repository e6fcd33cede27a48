internal import RouteTable

/// All alerts of the table in use.
struct AlertBoard {
    /// How often the alerts are looked at, at most.
    private static let stepMilliseconds: UInt64 = 1_000

    /// An alert that has begun or ceased to fire.
    struct Notice {
        let alert: AlertDescription
        let change: AlertWatch.Change
        /// When it began to fire.
        let since: MonotonicMilliseconds
    }

    private(set) var watches: [AlertWatch] = []
    /// When they are to be looked at again; nil if there are none.
    private(set) var due: MonotonicMilliseconds?

    /// Goes over to the alerts of another table. Those that say the same go on as they are.
    ///
    /// - Returns: Those that fired and are no more, or say something else now: they end.
    mutating func adopt(
        _ alerts: [AlertDescription], now: MonotonicMilliseconds
    ) -> [Notice] {
        let known = Dictionary(
            watches.map { ($0.alert.name, $0) }, uniquingKeysWith: { first, _ in first })
        watches = alerts.map { alert in
            guard let watch = known[alert.name], watch.alert.isSame(as: alert) else {
                return AlertWatch(alert, bounds: HistogramScale.brief.bounds)
            }
            return watch
        }
        due = watches.isEmpty ? nil : now
        let firing = Set(watches.filter { $0.firingSince != nil }.map(\.alert.name))
        return known.values.compactMap { watch in
            guard let since = watch.firingSince, !firing.contains(watch.alert.name) else {
                return nil
            }
            return Notice(alert: watch.alert, change: .ends(value: nil), since: since)
        }
    }

    /// Looks at those that are due.
    mutating func look(_ reader: AlertReader, now: MonotonicMilliseconds) -> [Notice] {
        guard let time = due, now >= time else { return [] }
        due = now + Self.stepMilliseconds
        var notices: [Notice] = []
        for index in watches.indices where watches[index].isDue(now: now) {
            let sample = reader.sample(for: watches[index].alert)
            let since = watches[index].firingSince ?? now
            guard let change = watches[index].take(sample, now: now) else { continue }
            notices.append(Notice(alert: watches[index].alert, change: change, since: since))
        }
        return notices
    }
}
