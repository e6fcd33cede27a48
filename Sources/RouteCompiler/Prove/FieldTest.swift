import Validate

/// A condition on one header, query parameter or cookie. As a request may give each of them any number of times,
/// every such condition can hold or fail whatever the others do.
struct FieldTest: Hashable {
    enum Place: Hashable { case header, query, cookie }

    let place: Place
    let name: String
    let test: MatchConditions.ValueTest

    /// All those of `conditions`.
    static func all(of conditions: MatchConditions) -> [FieldTest] {
        conditions.headers.map { FieldTest(place: .header, name: $0.name, test: $0.test) }
            + conditions.query.map { FieldTest(place: .query, name: $0.name, test: $0.test) }
            + conditions.cookies.map { FieldTest(place: .cookie, name: $0.name, test: $0.test) }
    }

    var isRegex: Bool {
        if case .regex = test { return true }
        return false
    }
}
