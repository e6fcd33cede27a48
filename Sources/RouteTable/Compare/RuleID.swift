/// Names a rule of one table: a route, or the target of a host.
struct RuleID: Hashable {
    /// The place of the host in the table.
    var host: Int
    /// The place of the route in the table; nil for the host's target.
    var route: Int?
}
