import Diagnostics

/// WR112: `/` is the root path only; who writes nothing else mostly means every path.
enum OnlyRootPathRule: Rule {
    static func check(_ subject: RuleSubject, into sink: inout DiagnosticSink) {
        for host in subject.configuration.hosts where host.target == nil && !host.routes.isEmpty {
            guard !host.unknown.contains(.routes),
                host.routes.allSatisfy({ $0.pattern.value == .exact("/") }),
                let route = host.routes.first
            else { continue }
            sink.warning(
                .onlyRootPath, at: route.pattern.range,
                "`/` is the root path only, and this host routes nothing else",
                suggestion: "every path is `/*`")
        }
    }
}
