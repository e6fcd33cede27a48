import JSON

/// What `wsroute bench` prints.
package struct BenchReport: Sendable {
    package var routeCount: Int
    package var hostCount: Int
    package var tableByteCount: Int
    /// Time to read and verify the table, in microseconds.
    package var loadMicroseconds: Int
    package var settings: BenchSettings
    /// The figures are those of requests that no rule takes.
    package var isOfMisses: Bool
    package var figures: BenchFigures
    /// The figures of requests that no rule takes, where they were measured beside the others.
    package var misses: BenchFigures?
    /// Routes for which no request was found.
    package var missingCount: Int

    package init(
        of table: borrowing LoadedTable, loadMicroseconds: Int, settings: BenchSettings,
        isOfMisses: Bool, figures: BenchFigures, misses: BenchFigures?, missingCount: Int
    ) {
        routeCount = table.routeCount
        hostCount = table.hostCount
        tableByteCount = table.byteCount
        self.loadMicroseconds = loadMicroseconds
        self.settings = settings
        self.isOfMisses = isOfMisses
        self.figures = figures
        self.misses = misses
        self.missingCount = missingCount
    }

    private var cache: String { settings.isCold ? "cold" : "warm" }

    package var text: String {
        var lines = [
            "table         \(routeCount) routes, \(hostCount) hosts, \(tableByteCount) bytes; "
                + "loaded in \(Self.decimal(loadMicroseconds, places: 3)) ms",
            "traffic       \(figures.requestCount) requests\(isOfMisses ? " that miss" : ""), "
                + "\(settings.distribution.rawValue), caches \(cache), "
                + "\(figures.matchCount) matches in batches of \(BenchSettings.batchSize)",
            "match         p50 \(Self.tenths(figures.p50)) ns, p99 \(Self.tenths(figures.p99)) ns, "
                + "\(figures.matchesPerSecond) matches a second",
        ]
        if let misses, misses.requestCount > 0 {
            lines.append(
                "miss          p50 \(Self.tenths(misses.p50)) ns, p99 \(Self.tenths(misses.p99)) ns"
            )
        }
        lines.append(
            "taken         \(figures.takenCount) of \(figures.matchCount) by a route or a target")
        lines.append(
            "allocations   " + (figures.allocationCount.map { "\($0)" } ?? "not counted")
                + " for \(figures.requestCount) matches")
        if missingCount > 0 { lines.append("no request    was found for \(missingCount) routes") }
        return lines.joined(separator: "\n") + "\n"
    }

    package var json: String {
        var json = JSONText()
        json.object { json in
            json.member("routes", routeCount)
            json.member("hosts", hostCount)
            json.member("table_bytes", tableByteCount)
            json.key("load_ms")
            json.decimal(loadMicroseconds, places: 3)
            json.member("distribution", settings.distribution.rawValue)
            json.member("cache", cache)
            json.member("traffic", isOfMisses ? "misses" : "hits")
            json.member("batch", BenchSettings.batchSize)
            json.member("routes_without_request", missingCount)
            Self.write(figures, into: &json)
            if let misses, misses.requestCount > 0 {
                json.key("misses")
                json.object { Self.write(misses, into: &$0) }
            } else {
                json.key("misses")
                json.null()
            }
        }
        return json.text
    }

    private static func write(_ figures: BenchFigures, into json: inout JSONText) {
        json.member("requests", figures.requestCount)
        json.member("matches", figures.matchCount)
        json.member("taken", figures.takenCount)
        for (name, value) in [
            ("p50_ns", figures.p50), ("p99_ns", figures.p99), ("mean_ns", figures.mean),
        ] {
            json.key(name)
            json.tenths(Int((value * 10).rounded()))
        }
        json.member("matches_per_second", figures.matchesPerSecond)
        json.member("allocations", figures.allocationCount)
    }

    private static func tenths(_ value: Double) -> String {
        decimal(Int((value * 10).rounded()), places: 1)
    }

    private static func decimal(_ value: Int, places: Int) -> String {
        let digits = String(value)
        let padded = String(repeating: "0", count: max(places + 1 - digits.count, 0)) + digits
        return "\(padded.dropLast(places)).\(padded.suffix(places))"
    }
}
