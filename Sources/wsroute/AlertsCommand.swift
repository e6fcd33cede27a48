import Arguments
import RouteTable

/// `wsroute alerts CONFIG`
enum AlertsCommand {
    static let declaration = Command(
        "alerts", summary: "Print the alerts of a configuration as rules of Prometheus.",
        details: "The proxy looks at its alerts itself. These rules say the same to a Prometheus\n"
            + "that scrapes its metrics.",
        positionals: [.one("CONFIG", "The configuration, or a route table.")])

    static func run(_ arguments: ParsedArguments) throws -> ExitStatus {
        let path = arguments.positionals[0]
        let table =
            try TableFile.isTable(path)
            ? TableFile.open(path) : LoadedConfiguration(path: path).loadedTable()
        try Output.print(PrometheusRules(table.alerts()).text)
        return .fine
    }
}
