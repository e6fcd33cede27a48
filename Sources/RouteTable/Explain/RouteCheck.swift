/// What one route says to one request, whatever the others say.
enum RouteCheck: Equatable {
    case takes
    /// The pattern is for other paths. The text says in what they differ.
    case otherPath(String)
    /// The pattern fits, the condition at this position does not hold.
    case unmetCondition(Int)
    /// A regex ran into its limit.
    case tooExpensive

    /// Whether the pattern does not take the path.
    var isForOtherPath: Bool {
        guard case .otherPath = self else { return false }
        return true
    }
}
