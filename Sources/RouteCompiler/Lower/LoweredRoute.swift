import TableFormat
import Validate

/// A route as the table will hold it. A class, so that handing it on copies one reference and not the rule.
final class LoweredRoute {
    enum Pattern: Equatable {
        case exact([UInt8])
        case segments([LoweredSegment], tail: TailKind)
        case regex(Int)
    }

    struct Capture: Hashable {
        let name: String
        let kind: PieceKind
        let value: UInt32
    }

    let rule: RouteRule
    /// Position in the list of the host.
    let declaredPosition: Int
    var pattern: Pattern
    /// The ways in which the route can be found, at least one; each alone is enough.
    var filings: [Filing]
    /// What templates may refer to.
    var captures: [Capture] = []
    /// The pattern as it was written, once it is in the text section.
    var written = TextReference.none

    init(rule: RouteRule, declaredPosition: Int) {
        self.rule = rule
        self.declaredPosition = declaredPosition
        pattern = .exact([])
        filings = []
    }

    /// The kind of pattern that was written.
    var writtenKind: RouteKind {
        switch rule.pattern.value {
        case .exact: .exact
        case .segments: .segments
        case .regex: .regex
        }
    }

    /// Whether a regex is matched as something simpler.
    var isLowered: Bool {
        if case .regex = pattern { return false }
        return writtenKind == .regex
    }
}
