import Diagnostics

/// WR139: a `hash_key` that is a capture needs a route that takes one of this name; without, the client's address
/// stands in for it.
enum HashCaptureRule: Rule {
    /// What the ways to a service capture.
    private struct Found {
        var names: Set<String> = []
        /// The first of the ways.
        let place: SourceRange
    }

    static func check(_ subject: RuleSubject, into sink: inout DiagnosticSink) {
        let configuration = subject.configuration
        // What is wrong elsewhere may be what captures it.
        guard !sink.hasErrors else { return }
        var wanted: [Int: String] = [:]
        for (index, service) in configuration.services.enumerated() {
            guard case .consistentHash(.capture(let name)) = service.strategy else { continue }
            wanted[index] = name
        }
        guard !wanted.isEmpty else { return }
        var found: [Int: Found] = [:]
        RequestWay.each(to: Set(wanted.keys), in: configuration) { way in
            let services = way.services.filter { service in
                guard let name = wanted[service] else { return false }
                return found[service]?.names.contains(name) != true
            }
            guard !services.isEmpty else { return }
            let names = captures(of: way)
            let place = way.route?.pattern.range ?? way.host.pattern.range
            for service in services {
                found[service, default: Found(place: place)].names.formUnion(names)
            }
        }
        for (index, ways) in found.sorted(by: { $0.key < $1.key }) {
            guard let name = wanted[index], !ways.names.contains(name),
                let range = subject.observations.hashKeyRanges[index]
            else { continue }
            let service = configuration.services[index].name.value
            sink.warning(
                .captureNotTaken, at: range,
                "no route that leads to `\(service)` captures `\(name)`: its requests are spread "
                    + "by the client's address instead",
                notes: [.init(range: ways.place, message: "this leads to it")],
                suggestion: suggestion(for: name, among: ways.names.sorted()))
        }
    }

    private static func suggestion(for name: String, among names: [String]) -> String {
        if let near = DidYouMean.suggestion(for: name, among: names) { return near }
        guard let first = names.first else {
            return "name a part of the path in the pattern, such as `/{name}/*`"
        }
        return names.count == 1
            ? "`\(first)` is the only name there is"
            : "the names there are: " + names.prefix(8).map { "`\($0)`" }.joined(separator: ", ")
    }

    /// The names that the patterns of a route and its host capture.
    private static func captures(of way: RequestWay) -> [String] {
        var names = way.route?.pattern.value.segmentNames ?? []
        if case .regex(let source, let ignoresCase)? = way.route?.pattern.value {
            names += groupNames(of: source, ignoresCase: ignoresCase)
        }
        if case .regex(let source, let ignoresCase) = way.host.pattern.value {
            names += groupNames(of: source, ignoresCase: ignoresCase)
        }
        return names
    }

    /// A pattern that can't be compiled was an error.
    private static func groupNames(of source: String, ignoresCase: Bool) -> [String] {
        (try? RegexCheck.groupNames(of: source, ignoresCase: ignoresCase)) ?? []
    }
}
