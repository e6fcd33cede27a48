/// A request that one rule takes, or why none is known.
package enum Witness: Sendable {
    /// The matcher gives it to the rule.
    case request(DescribedRequest)
    /// A sentence about what was tried.
    case none(String)

    package var request: DescribedRequest? {
        guard case .request(let request) = self else { return nil }
        return request
    }
}
