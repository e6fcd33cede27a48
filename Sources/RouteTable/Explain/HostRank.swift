/// The place of a host rule among all that are for one name; the lowest keeps the request.
struct HostRank: Comparable {
    /// What a rule's pattern is to the name, the most specific first.
    enum Specificity: Comparable {
        case exact
        /// `.example.com` for the name itself.
        case apex
        /// Of two for the same suffix, that for subdomains alone comes first.
        case wildcard(byteCount: Int, takesApex: Bool)
        case regex
        case any

        /// Two numbers that sort like the cases, longer wildcards first.
        fileprivate var order: (Int, Int) {
            switch self {
            case .exact: (0, 0)
            case .apex: (1, 0)
            case .wildcard(let byteCount, let takesApex):
                (2, takesApex ? 1 - 2 * byteCount : -2 * byteCount)
            case .regex: (3, 0)
            case .any: (4, 0)
            }
        }

        static func < (left: Specificity, right: Specificity) -> Bool { left.order < right.order }
    }

    let rank: Specificity
    /// The listener port that the rule is for; nil for all.
    let port: UInt16?
    /// Place in the configuration.
    let index: Int

    static func < (left: HostRank, right: HostRank) -> Bool {
        if (left.port == nil) != (right.port == nil) { return left.port != nil }
        if left.rank != right.rank { return left.rank < right.rank }
        return left.index < right.index
    }

    /// A clause such as `is an exact name`, said of the rule that won.
    func advantage(over other: HostRank) -> String {
        if let port, other.port == nil { return "is for port \(port)" }
        switch rank {
        case .exact: return "is that very name"
        case .apex: return "is for that very name"
        case .wildcard(let byteCount, _):
            guard case .wildcard(let otherByteCount, _) = other.rank else { return "is a wildcard" }
            return byteCount > otherByteCount ? "is longer" : "is for subdomains alone"
        case .regex: return other.rank == .regex ? "is listed first" : "is not for every host"
        case .any: return "is listed first"
        }
    }
}
