import TableFormat
import Validate

/// What ranks a route but for its place. Routes with different keys are ranked, or never meet.
struct TieKey: Hashable {
    private enum Part: Hashable {
        case literal([UInt8])
        /// With the number of its literal bytes.
        case glob(Int)
        case wildcard
    }

    private let parts: [Part]
    private let tail: TailKind
    private let priority: Int32
    private let conditionCount: Int

    /// - Returns: nil for regexes, which are ranked by their places on purpose.
    init?(_ route: LoweredRoute) {
        guard route.writtenKind != .regex else { return nil }
        priority = route.rule.priority
        conditionCount = route.rule.conditions.count
        switch route.pattern {
        case .exact(let path):
            // Equal paths differ in their conditions; without any, they are an error already.
            guard conditionCount > 0 else { return nil }
            parts = [.literal(path)]
            tail = .end
        case .segments(let segments, let tail):
            let hasGlob = segments.contains { segment in
                if case .glob = segment { return true }
                return false
            }
            guard conditionCount > 0 || hasGlob else { return nil }
            self.tail = tail
            parts = segments.map { segment in
                switch segment {
                case .literal(let text): .literal(text)
                case .glob(let texts): .glob(texts.reduce(0) { $0 + $1.count })
                case .wildcard, .anything: .wildcard
                }
            }
        case .regex: return nil
        }
    }
}
