import Diagnostics

/// WR047: services that fall back on each other must come to an end.
enum FallbackCycleRule: Rule {
    static func check(_ subject: RuleSubject, into sink: inout DiagnosticSink) {
        let services = subject.configuration.services
        for start in services.indices {
            guard let range = subject.observations.fallbackRanges[start] else { continue }
            var circle: [Int] = []
            var next = services[start].fallbackService
            while let current = next, current != start, circle.count < services.count {
                circle.append(current)
                next = services[current].fallbackService
            }
            // One message for one circle: at its first member.
            guard next == start, circle.allSatisfy({ $0 > start }) else { continue }
            let name = services[start].name.value
            let notes = circle.compactMap { member in
                subject.observations.fallbackRanges[member].map {
                    Diagnostic.Note(
                        range: $0, message: "`\(services[member].name.value)` goes on here")
                }
            }
            sink.error(
                .fallbackCycle, at: range,
                circle.isEmpty
                    ? "the service `\(name)` falls back on itself"
                    : "the fallbacks of `\(name)` lead back to it", notes: notes)
        }
    }
}
