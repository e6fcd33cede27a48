import Diagnostics
import Validate

/// Builds configurations by hand, so that these tests do not depend on reading YAML.
struct TestConfiguration {
    var configuration = Configuration(
        listeners: [], settings: Settings(), services: [], middlewares: [], hosts: [],
        globalMiddlewares: [], inertUses: [], files: ["main.yaml"])
    private var line = 1

    init() {}

    /// The place of the next thing; each stands on a line of its own.
    mutating func nextRange() -> SourceRange {
        line += 1
        let position = SourcePosition(offset: line * 10, line: line, column: 1)
        return SourceRange(file: SourceFile(index: 0), start: position, end: position)
    }

    /// The index of the service with this name, which is added if there is none.
    mutating func service(_ name: String) -> Int {
        if let index = configuration.services.firstIndex(where: { $0.name.value == name }) {
            return index
        }
        let url = UpstreamURL(
            usesTLS: false, host: "127.0.0.1", port: 9_000, basePath: "",
            text: "http://127.0.0.1:9000")
        configuration.services.append(
            Service(
                name: Located(name, at: nextRange()),
                backends: [Backend(url: Located(url, at: nextRange()), weight: 1)]))
        return configuration.services.count - 1
    }

    /// Adds a host rule by its text.
    mutating func host(
        _ text: String, port: UInt16? = nil, target: String? = nil,
        order: HostRule.Order = .specific
    ) {
        var rule = HostRule(
            pattern: Located(PatternText.host(text), at: nextRange()), patternText: text)
        rule.port = port
        rule.target = target.map { service($0) }
        rule.order = order
        configuration.hosts.append(rule)
    }

    /// Adds a route to the host added last. Its service and its name are `name`.
    mutating func route(
        _ text: String, _ name: String, priority: Int32 = 0,
        change: (inout RouteRule) -> Void = { _ in }
    ) {
        let service = service(name)
        var rule = RouteRule(
            pattern: Located(PatternText.path(text), at: nextRange()), patternText: text,
            action: .forward([.init(service: service, weight: 1)]))
        rule.name = name
        rule.priority = priority
        change(&rule)
        configuration.hosts[configuration.hosts.count - 1].routes.append(rule)
    }

    /// The configuration of one default host with `routes` as `(pattern, name)`.
    static func routes(_ routes: [(String, String)]) -> Configuration {
        var test = TestConfiguration()
        test.host("*")
        for (pattern, name) in routes { test.route(pattern, name) }
        return test.configuration
    }
}
