import Validate

extension MiddlewareConfiguration {
    /// All that it says, as text: equal for equal contents, wherever they are written.
    ///
    /// - Parameter services: What its indices of services mean.
    func contentText(of services: [Service]) -> String {
        switch self {
        case .auth(var policy):
            let forward = policy.forward.map { "\($0.url.value) \($0.headers)" } ?? ""
            policy.forward = nil
            return "\(policy) \(forward)"
        case .dynamicRoute(let policy):
            let choices = policy.choices.map { [$0.value, services[$0.service].name.value] }
            let other = policy.defaultService.map { services[$0].name.value } ?? ""
            return "\(policy.from) \(choices) \(other)"
        case .webSocket(let policy): return "\(policy)"
        case .sse(let policy): return "\(policy)"
        case .rateLimit(let policy): return "\(policy)"
        case .cors(let policy): return "\(policy)"
        case .headers(let policy): return "\(policy)"
        case .ipFilter(let policy): return "\(policy)"
        case .logging(let policy): return "\(policy)"
        }
    }
}
