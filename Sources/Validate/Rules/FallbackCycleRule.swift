import Diagnostics

/// WR047: services that fall back on each other must come to an end.
enum FallbackCycleRule: Rule {
    static func check(_ subject: RuleSubject, into sink: inout DiagnosticSink) {
        let services = subject.configuration.services
        for start in services.indices {
            guard let range = subject.observations.fallbackRanges[start] else { continue }
            var next = services[start].fallbackService
            var stepCount = 0
            while let current = next, current != start, stepCount < services.count {
                next = services[current].fallbackService
                stepCount += 1
            }
            guard next == start else { continue }
            let name = services[start].name.value
            sink.error(
                .fallbackCycle, at: range,
                services[start].fallbackService == start
                    ? "the service `\(name)` falls back on itself"
                    : "the fallbacks of `\(name)` lead back to it")
        }
    }
}
