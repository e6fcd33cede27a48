internal import RouteTable

extension ServiceDescription {
    /// Whether what it has answered may be kept on as an answer of `other`.
    func answers(as other: ServiceDescription) -> Bool {
        isReached(as: other) && endpoints == other.endpoints
            && policy.lastGood == other.policy.lastGood
    }
}
