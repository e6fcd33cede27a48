import Diagnostics
package import Validate

/// Writes rules the way a configuration has them, for reports.
package enum RouteText {
    package static func text(of pattern: PathPattern) -> String {
        switch pattern {
        case .exact(let path): return path
        case .regex(let source, let ignoresCase): return (ignoresCase ? "~*" : "~") + source
        case .segments(let segments, let tail):
            var texts = segments.map { segment in
                switch segment {
                case .literal(let text): text
                case .glob(let texts): texts.joined(separator: "*")
                case .wildcard(let name): name.map { "{\($0)}" } ?? "*"
                }
            }
            if case .subtree(let name) = tail { texts.append(name.map { "{\($0)...}" } ?? "*") }
            return "/" + texts.joined(separator: "/")
        }
    }

    /// Equal for routes that take the same requests: the names of captures do not count.
    package static func key(of route: RouteRule) -> String {
        guard case .segments(let segments, let tail) = route.pattern.value else {
            return text(of: route.pattern.value) + text(of: route.conditions)
        }
        let bare = segments.map { segment in
            if case .wildcard = segment { PathSegment.wildcard(name: nil) } else { segment }
        }
        let end: PathTail = tail == .end ? .end : .subtree(name: nil)
        return text(of: .segments(bare, tail: end)) + text(of: route.conditions)
    }

    package static func text(of conditions: MatchConditions) -> String {
        guard conditions.count > 0 else { return "" }
        var parts: [String] = []
        if let kind = conditions.requestKind { parts.append("protocol: \(kind)") }
        if !conditions.methods.isEmpty { parts.append("methods: \(conditions.methods)") }
        let groups = [
            ("headers", conditions.headers), ("query", conditions.query),
            ("cookies", conditions.cookies),
        ]
        for (name, tests) in groups where !tests.isEmpty {
            parts.append("\(name): {\(tests.map { text(of: $0) }.joined(separator: ", "))}")
        }
        if !conditions.clientAddresses.isEmpty {
            let ranges = conditions.clientAddresses.map { "\($0.address)/\($0.prefixLength)" }
            parts.append("client_ip: \(ranges)")
        }
        return " match: {\(parts.joined(separator: ", "))}"
    }

    private static func text(of condition: MatchConditions.ValueCondition) -> String {
        switch condition.test {
        case .equals(let value): "\(condition.name): \"\(value)\""
        case .regex(let source, let ignoresCase):
            "\(condition.name): \"\(ignoresCase ? "~*" : "~")\(source)\""
        }
    }

    /// The whole configuration, one rule a line, as far as matching looks at it.
    package static func text(of configuration: Configuration) -> String {
        let settings = configuration.settings
        var lines = [
            "deny_hidden_files: \(settings.deniesHiddenFiles), "
                + "merge_slashes: \(settings.mergesSlashes), "
                + "encoded_slash: \(settings.encodedSlash)"
        ]
        for rule in configuration.hosts {
            lines.append(
                "- \(rule.patternText)" + (rule.port.map { " port: \($0)" } ?? "")
                    + " order: \(rule.order)" + (rule.target.map { " target: service-\($0)" } ?? "")
            )
            for route in rule.routes {
                var line = "    \(route.pattern.range.start.line): \(route.patternText)"
                line += text(of: route.conditions)
                if route.priority != 0 { line += " priority: \(route.priority)" }
                if let rewrite = route.rewrite { line += " \(rewrite)" }
                lines.append(line + " \(route.action)")
            }
        }
        return lines.joined(separator: "\n")
    }
}
