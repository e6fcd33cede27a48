import Diagnostics
import RouteTable

extension Expectation {
    /// Holds the expectation against what happens.
    ///
    /// - Returns: What is wrong, or nil.
    func failure(of explanation: Explanation, names: TableNames) -> RouteTestResult.Failure? {
        guard let actual = difference(from: explanation) else { return nil }
        return RouteTestResult.Failure(
            key: key, expected: expected, actual: actual, place: place, hint: hint(names))
    }

    /// What came instead, or nil if it is what was expected.
    private func difference(from explanation: Explanation) -> String? {
        switch demand {
        case .service(let wanted): return service(explanation, wanted)
        case .route(let wanted):
            guard let route = explanation.route else { return "no route" }
            if route.name == wanted || route.pattern == wanted { return nil }
            return route.name.map { "\($0) (\(route.pattern))" } ?? route.pattern
        case .middlewares(let wanted):
            let actual = explanation.middlewares
            if actual == wanted, explanation.host != nil { return nil }
            return actual.isEmpty ? "none" : actual.joined(separator: ", ")
        case .path(let wanted):
            // With the base path of the service's URLs it is what the backend sees.
            if explanation.forwardPath == wanted || explanation.upstreamPath == wanted {
                return nil
            }
            return explanation.forwardPath ?? "nothing is forwarded"
        case .param(let name, let wanted):
            let actual = explanation.params.first { $0.name == name }?.value
            if actual == wanted { return nil }
            return actual ?? "no parameter `\(name)`"
        case .status(let wanted):
            if explanation.status == wanted { return nil }
            return explanation.status.map(String.init)
                ?? "none of its own: the answer is the upstream's"
        case .redirect(let wanted):
            if explanation.location == wanted { return nil }
            return explanation.location ?? "no redirect"
        }
    }

    private func service(_ explanation: Explanation, _ wanted: [String]) -> String? {
        let possible =
            (explanation.targets.isEmpty
                ? explanation.service.map { [$0] } ?? [] : explanation.targets.map(\.service))
            + explanation.claimedServices
        let isMet =
            wanted.count == 1
            ? possible.contains(wanted[0]) : Set(wanted) == Set(possible)
        if isMet { return nil }
        return possible.isEmpty ? "no service" : possible.joined(separator: ", ")
    }

    /// Whether the table has what the test names at all.
    private func hint(_ names: TableNames) -> String? {
        switch demand {
        case .service(let wanted): Self.unknown("service", wanted, names.services)
        case .route(let wanted): Self.unknown("route", [wanted], names.routes)
        case .middlewares(let wanted): Self.unknown("middleware", wanted, names.middlewares)
        case .path, .param, .status, .redirect: nil
        }
    }

    private static func unknown(_ kind: String, _ wanted: [String], _ known: [String]) -> String? {
        guard let name = wanted.first(where: { !known.contains($0) }) else { return nil }
        let advice = DidYouMean.suggestion(for: name, among: known).map { "; " + $0 } ?? ""
        return "no \(kind) is called `\(name)`\(advice)"
    }
}
