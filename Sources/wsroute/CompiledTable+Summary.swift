import RouteCompiler
import TableFormat

extension CompiledTable {
    /// What `compile` says about the table, in one line without its name.
    var summary: String {
        let parts = [
            Self.counted(routeCount, "route"), Self.counted(hostCount, "host"),
            Self.counted(serviceCount, "service"), Self.counted(bytes.count, "byte"),
            "digest \(digestText)",
            "one request takes at most "
                + Self.counted(Int(worstCase.count(of: .probes)), "probe") + ", "
                + Self.counted(Int(worstCase.routeChecks), "check") + ", "
                + Self.counted(
                    Int(worstCase.hostRegexes) + Int(worstCase.routeRegexes), "regex", "regexes")
                + " (\(TableLimits.requestSteps(for: worstCase)) steps in all) and "
                + Self.counted(Int(worstCase.automatonSteps), "automaton step"),
        ]
        return parts.joined(separator: ", ")
    }

    private static func counted(_ count: Int, _ one: String, _ many: String? = nil) -> String {
        "\(count) \(count == 1 ? one : many ?? one + "s")"
    }
}
