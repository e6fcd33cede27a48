import TableFormat

/// A route as the table holds it, for people.
struct RouteDescription {
    /// One named part of the pattern, or of the host's.
    struct Capture {
        var name: String
        var kind: PieceKind
        /// Position of the segment, or number of the group.
        var value: UInt32
    }

    var name: String?
    /// As it was written.
    var pattern: String
    /// `exact`, `segments`, `subtree` or `regex`, as it was written.
    var kind: String
    /// A regex that is matched as a segment pattern.
    var isLowered: Bool
    var place: Explanation.Place
    var priority: Int32
    var conditions: [ConditionDescription]
    var action: ActionDescription
    /// How narrow each segment is, then the tail; the smaller list wins. Empty unless the pattern
    /// was written with segments.
    var specificity: [Int]
    /// All that run, in their order: global, host, route.
    var middlewares: [String]
    var captures: [Capture]
}
