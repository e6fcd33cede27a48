import TableFormat

/// Everything that a table holds, decoded for people and scripts.
package struct TableDump {
    struct Middleware {
        var name: String
        var type: String
        var place: Explanation.Place
        /// What it was told.
        var settings: [(name: String, value: UInt64)]
        /// The rest of it, which is no number.
        var texts: [(name: String, value: String)]
        /// What is neither: lists and what is made of several values.
        var more: [DumpValue.Field]
    }

    /// One distinct regular expression.
    struct Regex {
        var source: String
        var ignoresCase: Bool
        var stepsMax: UInt32
        /// Without PCRE2, byte by byte.
        var isWalked: Bool
    }

    struct Host {
        var description: HostDescription
        /// Best first.
        var routes: [RouteDescription]
    }

    /// All 64 hexadecimal digits.
    var digestText: String
    let cost: WorstCase
    let settings: TableSettings
    let services: [ServiceDescription]
    /// Of each service.
    let fallbacks: [FallbackDescription]
    var middlewares: [Middleware]
    let guards: [AuthDescription]
    /// In the order of the configuration.
    var hosts: [Host]
    var alerts: [AlertDescription]
    let regexes: [Regex]
    /// Steps of regexes that one request may take in all.
    let requestStepsMax: UInt32

    /// - Complexity: O(*n*) for *n* bytes of the table.
    package init(of table: borrowing LoadedTable) {
        digestText = table.digest.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        cost = table.worstCase
        settings = TableSettings(of: table)
        services = table.services()
        var fallbacks: [FallbackDescription] = []
        for index in services.indices {
            fallbacks.append(table.fallbackDescription(ofService: UInt32(index)))
        }
        self.fallbacks = fallbacks
        var middlewares: [Middleware] = []
        let headerPolicies = table.headerPolicies()
        for index in 0..<table.recordCount(of: .middlewares) {
            let middleware: MiddlewareRecord = table.record(index, of: .middlewares)
            middlewares.append(
                Middleware(
                    name: table.string(middleware.name), type: table.string(middleware.typeName),
                    place: table.place(file: middleware.file, line: middleware.line),
                    settings: table.settings(of: middleware),
                    texts: table.texts(of: middleware),
                    more: table.dump(of: middleware, headerPolicies: headerPolicies[index])))
        }
        self.middlewares = middlewares
        guards = table.authPolicies()
        var hosts: [Host] = []
        for index in 0..<table.recordCount(of: .hosts) {
            let description = table.hostDescription(index)
            var routes: [RouteDescription] = []
            for route in description.routes { routes.append(table.routeDescription(route)) }
            hosts.append(Host(description: description, routes: routes))
        }
        self.hosts = hosts
        alerts = table.alerts()
        requestStepsMax = table.requestStepsMax
        var regexes: [Regex] = []
        for index in 0..<table.recordCount(of: .regexes) {
            let regex: RegexRecord = table.record(index, of: .regexes)
            regexes.append(
                Regex(
                    source: table.string(regex.text),
                    ignoresCase: regex.options & RegexRecord.ignoresCase != 0,
                    stepsMax: regex.matchLimit, isWalked: regex.firstStep != .none))
        }
        self.regexes = regexes
    }

    /// `1.0`
    var formatText: String { "\(TableHeader.major).\(TableHeader.minor)" }

    /// The statement of cost, by the names that both forms use.
    var worstCase: [(name: String, value: UInt32)] {
        [
            ("host_probes", cost.hostProbes), ("host_regexes", cost.hostRegexes),
            ("path_probes", cost.pathProbes), ("route_checks", cost.routeChecks),
            ("route_regexes", cost.routeRegexes), ("automaton_steps", cost.automatonSteps),
        ]
    }
}
