import Diagnostics

/// WR139: a `hash_key` that is a capture needs a route that takes one of this name; without, the client's address
/// stands in for it.
enum HashCaptureRule: Rule {
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
        let captures = CaptureReach(of: Set(wanted.values), in: configuration)
        var toldCount = 0
        for (index, name) in wanted.sorted(by: { $0.key < $1.key }) {
            guard !captures.isTaken(name, for: index),
                let range = subject.observations.hashKeyRanges[index],
                // Nobody reads more, and each looks at what leads there.
                toldCount < DiagnosticSink.diagnosticCountMax,
                let ways = captures.ways(to: index)
            else { continue }
            toldCount += 1
            let service = configuration.services[index].name.value
            sink.warning(
                .captureNotTaken, at: range,
                "no route that leads to `\(service)` captures `\(name)`: its requests are spread "
                    + "by the client's address instead",
                notes: [.init(range: ways.place, message: "this leads to it")],
                suggestion: suggestion(for: name, among: ways))
        }
    }

    private static func suggestion(for name: String, among ways: CaptureReach.Ways) -> String {
        let names = ways.names.sorted()
        if let near = DidYouMean.suggestion(for: name, among: names) { return near }
        if !ways.haveRoute {
            return "for the `target` of a host nothing is captured: write a route such as `/*`, "
                + "which has the captures of the host's pattern too"
        }
        guard let first = names.first else {
            return "name a part of the path in the pattern, such as `/{name}/*`"
        }
        return names.count == 1
            ? "`\(first)` is the only name there is"
            : "the names there are: " + names.prefix(8).map { "`\($0)`" }.joined(separator: ", ")
    }
}
