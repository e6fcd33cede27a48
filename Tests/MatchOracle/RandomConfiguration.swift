import Diagnostics
package import TestSupport
package import Validate

/// A random configuration as validation would leave it, and strings that its regexes probably
/// match.
package struct RandomConfiguration {
    package private(set) var configuration: Configuration
    /// For each regex source, the pattern it was rendered from.
    package private(set) var regexes: [String: RandomRegex] = [:]
    package let style: RandomRoute.Style
    private var lineCount = 0

    package init(_ random: inout SeededGenerator) {
        style = RandomRoute.Style(
            words: Array(Vocabulary.segments.shuffled(using: &random).prefix(random.number(2...8))),
            priorityRarity: random.one(of: [2, 5, 1000]),
            conditionRarity: random.one(of: [2, 3, 10]))
        var settings = Settings()
        settings.deniesHiddenFiles = random.once(in: 4)
        settings.mergesSlashes = random.once(in: 3)
        settings.encodedSlash = random.once(in: 3) ? .keep : .refuse
        configuration = Configuration(
            listeners: Vocabulary.ports.map {
                Listener(
                    address: .any, port: $0, tls: nil, acceptsProxyProtocol: false, range: nil)
            },
            settings: settings, services: [], middlewares: [], hosts: [], globalMiddlewares: [],
            inertUses: [], files: ["random.yaml"])
        for index in 0..<5 { configuration.services.append(service(named: "service-\(index)")) }
        for _ in 0..<random.one(of: [0, 1, 2, 4, 7]) { addHost(&random) }
        if random.once(in: 2) || configuration.hosts.isEmpty {
            addHost(.any, text: "*", port: nil, &random)
        }
    }

    /// A place of its own for each thing, so that a line names a route.
    private mutating func nextPlace() -> SourceRange {
        lineCount += 1
        let position = SourcePosition(offset: lineCount * 10, line: lineCount, column: 1)
        return SourceRange(file: SourceFile(index: 0), start: position, end: position)
    }

    private mutating func service(named name: String) -> Service {
        let url = UpstreamURL(
            usesTLS: false, host: "127.0.0.1", port: 9000, basePath: "",
            text: "http://127.0.0.1:9000")
        return Service(
            name: Located(name, at: nextPlace()),
            backends: [Backend(url: Located(url, at: nextPlace()), weight: 1)])
    }

    private mutating func addHost(_ random: inout SeededGenerator) {
        let port = random.once(in: 4) ? random.one(of: Vocabulary.ports) : nil
        let apex = random.one(of: Vocabulary.apexes)
        let name = random.one(of: Vocabulary.labels) + "." + apex
        switch random.number(0...9) {
        case 0...2: addHost(.exact(name), text: name, port: port, &random)
        case 3: addHost(.exact(apex), text: apex, port: port, &random)
        case 4, 5:
            addHost(
                .wildcard(suffix: apex, includesApex: false), text: "*." + apex, port: port, &random
            )
        case 6:
            addHost(
                .wildcard(suffix: apex, includesApex: true), text: "." + apex, port: port, &random)
        case 7:
            let source = random.one(of: Self.hostRegexes)
            let ignoresCase = random.once(in: 3)
            addHost(
                .regex(source: source, ignoresCase: ignoresCase),
                text: (ignoresCase ? "~*" : "~") + source, port: port, &random)
        case 8:
            let address = random.one(of: Vocabulary.addresses)
            addHost(.exact(address), text: address, port: port, &random)
        default: addHost(.any, text: "*", port: port, &random)
        }
    }

    private static let hostRegexes = [
        #"^(?<tenant>[a-z]+)\.example\.com$"#, "example", "^a", #"\.com$"#, #"^(a|b)\."#,
        "(?i)^A", "^[a-z]+$", #"^(?:www\.)?example\.com$"#, #"[0-9]"#, #"^.{3}\."#, "",
    ]

    private mutating func addHost(
        _ pattern: HostPattern, text: String, port: UInt16?, _ random: inout SeededGenerator
    ) {
        // Two rules with the same pattern and port are an error of the configuration.
        let isTaken = configuration.hosts.contains {
            $0.pattern.value == pattern && $0.port == port
        }
        if isTaken { return }
        var rule = HostRule(pattern: Located(pattern, at: nextPlace()), patternText: text)
        rule.port = port
        rule.target = random.once(in: 2) ? random.number(0...4) : nil
        rule.order = random.once(in: 4) ? .declared : .specific
        let capturesTenant: Bool
        if case .regex(let source, _) = pattern {
            capturesTenant = source.contains("tenant")
        } else {
            capturesTenant = false
        }
        // Now and then a host with more shapes than probing one by one is meant for.
        let count =
            random.once(in: 12) ? random.number(40...120) : random.one(of: [0, 3, 8, 15, 25])
        var written: Set<String> = []
        for _ in 0..<count {
            var routes = RandomRoute(style, hostCapturesTenant: capturesTenant)
            let route = routes.next(at: nextPlace(), &random)
            if let regex = routes.regex { regexes[regex.source] = regex }
            // The same pattern under the same conditions is an error of the configuration.
            if written.insert(RouteText.key(of: route)).inserted { rule.routes.append(route) }
        }
        configuration.hosts.append(rule)
    }
}
