import Diagnostics

/// WR047: services that fall back on each other must come to an end.
enum FallbackCycleRule: Rule {
    static func check(_ subject: RuleSubject, into sink: inout DiagnosticSink) {
        let services = subject.configuration.services
        // Each service is walked over once: 0 is not seen yet, n was seen in the walk from n − 1.
        var walks = [Int](repeating: 0, count: services.count)
        for first in services.indices {
            var next: Int? = first
            while let current = next, walks[current] == 0 {
                walks[current] = first + 1
                next = services[current].fallbackService
            }
            guard let member = next, walks[member] == first + 1 else { continue }
            report(circleWith: member, subject, into: &sink)
        }
    }

    private static func report(
        circleWith member: Int, _ subject: RuleSubject, into sink: inout DiagnosticSink
    ) {
        let services = subject.configuration.services
        var circle = [member]
        var next = services[member].fallbackService
        while let current = next, current != member {
            circle.append(current)
            next = services[current].fallbackService
        }
        // The message is at the member that comes first in the configuration, the notes follow the circle.
        let start = circle.indices.min { circle[$0] < circle[$1] } ?? 0
        let ordered = Array(circle[start...] + circle[..<start])
        let places = ordered.compactMap { index in
            subject.observations.fallbackRanges[index].map { (services[index].name.value, $0) }
        }
        guard let (name, range) = places.first else { return }
        let notes = places.dropFirst().map {
            Diagnostic.Note(range: $0.1, message: "`\($0.0)` goes on here")
        }
        sink.error(
            .fallbackCycle, at: range,
            notes.isEmpty
                ? "the service `\(name)` falls back on itself"
                : "the fallbacks of `\(name)` lead back to it", notes: notes)
    }
}
