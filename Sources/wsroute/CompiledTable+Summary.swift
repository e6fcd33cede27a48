import RouteCompiler
import TableFormat

extension CompiledTable {
    /// What `compile` says about the table, in one line without its name.
    var summary: String {
        let parts = [
            Self.counted(routeCount, "route"), Self.counted(hostCount, "host"),
            Self.counted(serviceCount, "service"), Self.counted(bytes.count, "byte"),
            "digest \(digestText)",
            "at most \(Self.counted(Int(worstCase.routeRegexes), "regex", "regexes")) a request",
        ]
        return parts.joined(separator: ", ")
    }

    private static func counted(_ count: Int, _ one: String, _ many: String? = nil) -> String {
        "\(count) \(count == 1 ? one : many ?? one + "s")"
    }
}
