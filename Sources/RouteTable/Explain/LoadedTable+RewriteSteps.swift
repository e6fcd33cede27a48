extension LoadedTable {
    /// What the rewrite of a route makes of a path, step by step; nothing where it has none.
    ///
    /// - Parameters:
    ///   - path: The canonical path of the request.
    ///   - params: What its patterns have captured.
    ///   - result: The path that the upstream is sent; nil if it is refused.
    func rewriteSteps(
        of route: RouteIndex, path: String, params: [(name: String, value: String)], result: String?
    ) -> [CanonicalTrace.Step] {
        let description = routeDescription(Int(route.rawValue))
        guard case .forward(_, let rewrite?) = description.action else { return [] }
        if let template = rewrite.path {
            let filled = params.filter { template.contains("{\($0.name)}") }
                .map { "{\($0.name)} is \($0.value)" }
            let change = (["path \(template) replaces it"] + filled).joined(separator: ", ")
            return [CanonicalTrace.Step(change: change, result: result ?? "refused")]
        }
        var steps: [CanonicalTrace.Step] = []
        var text = path
        if let prefix = rewrite.stripPrefix {
            let isAtStart = text == prefix || text.hasPrefix(prefix + "/")
            if isAtStart { text.removeFirst(prefix.count) }
            steps.append(
                CanonicalTrace.Step(
                    change: isAtStart
                        ? "strip_prefix \(prefix) is taken away"
                        : "strip_prefix \(prefix) is not at its start and takes nothing away",
                    result: text))
        }
        if let prefix = rewrite.addPrefix {
            text = prefix + text
            steps.append(
                CanonicalTrace.Step(change: "add_prefix \(prefix) is put before it", result: text))
        }
        if let result, result != text {
            steps.append(
                CanonicalTrace.Step(
                    change: text.isEmpty ? "nothing is left, which is the root" : "made canonical",
                    result: result))
        }
        return steps
    }
}
