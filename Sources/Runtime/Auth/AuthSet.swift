/// The guards of one table, and what is kept for the next one.
struct AuthSet: Sendable {
    /// In the order of the table.
    var guards: [AuthGuard] = []
    /// Sets of keys by the path they were read from.
    var keySets: [String: [KeySetEntry]] = [:]
    /// What went well enough to go on and should be known: lines for the log.
    var notices: [AuthNotice] = []

    init() {}
}
