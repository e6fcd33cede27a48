import TableFormat

/// Says why one route comes before another of the same host.
struct RoutePrecedenceText {
    let isDeclaredOrder: Bool

    /// A clause such as `is more specific`, said of the winner.
    func reason(winner: RouteDescription, loser: RouteDescription) -> String {
        if isDeclaredOrder { return "is listed first" }
        if winner.priority != loser.priority { return "has priority \(winner.priority)" }
        if winner.kind != loser.kind, winner.kind == "exact" { return "is an exact path" }
        if winner.kind == "regex" || loser.kind == "regex" {
            return winner.kind == loser.kind ? "is listed first" : "is a regex"
        }
        if winner.specificity != loser.specificity { return "is more specific" }
        if winner.conditions.count != loser.conditions.count { return "has more conditions" }
        return "is listed first"
    }
}
