import Validate

/// Placeholders of `headers` middlewares that nothing fills on some route, where no table is made that would tell.
enum UnfilledHeaders {
    static func problems(
        of hosts: [LoweredHost], _ configuration: Configuration
    ) -> [CompileProblem] {
        var problems: [CompileProblem] = []
        for host in hosts {
            for route in host.routes {
                let chain =
                    configuration.globalMiddlewares + host.rule.middlewares
                    + route.rule.middlewares
                if let reason = reason(chain, route.captures, configuration) {
                    problems.append(CompileProblem(reason, at: route.rule.pattern.range))
                }
            }
            guard host.rule.target != nil else { continue }
            let chain = configuration.globalMiddlewares + host.rule.middlewares
            if let reason = reason(chain, host.captures, configuration) {
                problems.append(CompileProblem(reason, at: host.rule.pattern.range))
            }
        }
        return problems
    }

    private static func reason(
        _ chain: [Int], _ captures: [LoweredRoute.Capture], _ configuration: Configuration
    ) -> CompileProblem.Reason? {
        for index in chain {
            let middleware = configuration.middlewares[index]
            guard middleware.isEnabled, middleware.isKnown,
                case .headers(let policy) = middleware.configuration
            else { continue }
            for field in policy.fields {
                let unfilled = field.value.placeholders.first { name in
                    !isFilled(name) && !captures.contains { $0.name == name }
                }
                if let unfilled {
                    return .unfilledHeader(middleware.name.value, field: field.name, unfilled)
                }
            }
        }
        return nil
    }

    /// Whether a name is filled in on every route.
    private static func isFilled(_ name: String) -> Bool {
        let prefix = ValueTemplate.claimPrefix
        return ["client_ip", "host", "path", "request_id"].contains(name)
            || (name.hasPrefix(prefix) && name.utf8.count > prefix.utf8.count)
    }
}
