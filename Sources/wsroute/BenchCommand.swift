import Arguments
import CAllocations
import RouteTable

/// `wsroute bench FILE`
enum BenchCommand {
    private static let warmMatches = 1_000_000
    private static let coldMatches = 4_096
    private static let matchCountMax = 1_000_000_000

    static let declaration = Command(
        "bench", summary: "Measure how long it takes to match requests.",
        details: """
            Times the matcher that wsproxy runs: canonicalising path and host and finding the route, in \
            batches of \(BenchSettings.batchSize). p50 and p99 are percentiles of the batches' means. Without a \
            log there is one request for each route, in a random order that is the same in every \
            run; beside them requests are measured that no rule takes. Allocations are the calls \
            of malloc, calloc and realloc while each request is matched once more.

            A log has a request on each line: METHOD host path, or a line of wsproxy's access log as \
            text or JSON. Blank lines, lines that begin with # and other events are passed over. \
            A request comes in on the port that its host names, or else on the first listener; headers and query \
            are not in a log.
            """,
        positionals: [
            .one("FILE", "A table, or a configuration, which is compiled in memory.")
        ],
        options: [
            .value("requests", "LOG", "Replay the requests of this log, in its order."),
            .value(
                "distribution", "uniform|zipf",
                "How often which request comes (default: uniform).", choices: ["uniform", "zipf"]),
            .flag("cold", "Empty the caches before each batch."),
            .flag("miss", "Measure requests that no rule takes."),
            .value("matches", "N", "Number of matches to time (default: 1000000; cold 4096)."),
            .value(
                "format", "text|json", "Form of the output (default: text).",
                choices: ["text", "json"]),
        ])

    static func run(_ arguments: ParsedArguments) throws -> ExitStatus {
        let settings = try settings(of: arguments)
        let log = arguments.value("requests")
        // A log with mistakes is told before a large table is read.
        let lines = try log.map { try RequestLog.read($0) }
        let loaded = try BenchTable(path: arguments.positionals[0])
        let report: BenchReport
        if let lines {
            report = Self.report(of: lines, in: loaded, settings)
        } else {
            report = try Self.report(
                in: loaded, settings, isOfMisses: arguments.flag("miss"))
        }
        try Output.print(arguments.value("format") == "json" ? report.json + "\n" : report.text)
        return .fine
    }

    private static func settings(of arguments: ParsedArguments) throws -> BenchSettings {
        let isCold = arguments.flag("cold")
        let isLog = arguments.value("requests") != nil
        for option in ["distribution"] where isLog && arguments.value(option) != nil {
            throw arguments.misuse("--requests and --\(option) exclude each other")
        }
        guard !isLog || !arguments.flag("miss") else {
            throw arguments.misuse("--requests and --miss exclude each other")
        }
        let count = try arguments.integer("matches", in: 1...matchCountMax)
        return BenchSettings(
            distribution: isLog
                ? .inOrder : arguments.value("distribution") == "zipf" ? .zipf : .uniform,
            isCold: isCold, matchCount: count ?? (isCold ? coldMatches : warmMatches))
    }

    private static func report(
        of lines: [RequestLogLine], in loaded: borrowing BenchTable, _ settings: BenchSettings
    ) -> BenchReport {
        let port = loaded.table.listeners().first?.port ?? 80
        var requests = BenchRequests()
        for line in lines { requests.append(line, listenerPort: port) }
        var bench = Bench(for: loaded.table, settings)
        let figures = bench.run(requests, in: loaded.table, allocationCount: Self.allocationCount)
        return BenchReport(
            of: loaded.table, loadMicroseconds: loaded.loadMicroseconds, settings: settings,
            isOfMisses: false,
            figures: figures, misses: nil, missingCount: 0)
    }

    /// - Throws: A failure if there is no request to measure.
    private static func report(
        in loaded: borrowing BenchTable, _ settings: BenchSettings, isOfMisses: Bool
    ) throws(CommandFailure) -> BenchReport {
        let traffic = BenchTraffic(for: loaded.table)
        guard (isOfMisses ? traffic.misses : traffic.hits).count > 0 else {
            throw CommandFailure(
                message: isOfMisses
                    ? "no request was found that no rule takes"
                    : "no request was found for any route",
                status: .faultyInput)
        }
        var bench = Bench(for: loaded.table, settings)
        let misses = bench.run(
            traffic.misses, in: loaded.table, allocationCount: Self.allocationCount)
        let figures =
            isOfMisses
            ? misses
            : bench.run(traffic.hits, in: loaded.table, allocationCount: Self.allocationCount)
        return BenchReport(
            of: loaded.table, loadMicroseconds: loaded.loadMicroseconds, settings: settings,
            isOfMisses: isOfMisses, figures: figures, misses: isOfMisses ? nil : misses,
            missingCount: traffic.missingCount)
    }

    private static func allocationCount() -> Int? {
        let count = callocations_count()
        return count < 0 ? nil : Int(count)
    }
}
