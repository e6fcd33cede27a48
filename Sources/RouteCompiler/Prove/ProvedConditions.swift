/// The conditions of one route, as the proofs compare them.
struct ProvedConditions {
    /// What `protocol` and `methods` leave.
    var box: RequestBox
    /// nil: all clients.
    var clients: ClientSet?
    /// The set of its field tests, by number.
    var fields: Int
    /// A method could not be numbered: then the route covers nothing, and nothing is proved about it.
    var isUndecided = false

    func takes(_ point: RequestPoint, _ client: UInt128?) -> Bool {
        guard box.contains(point) else { return false }
        guard let clients else { return true }
        return client.map { clients.contains($0) } ?? false
    }
}
