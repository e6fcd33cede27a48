package import Validate

extension Oracle {
    /// A request and the route that took it: all that a template may speak of.
    package struct Taken {
        let host: String
        let path: String
        let query: String
        let rule: HostRule
        let route: RouteRule

        package init(
            host: String, path: String, query: String, rule: HostRule, route: RouteRule
        ) {
            self.host = host
            self.path = path
            self.query = query
            self.rule = rule
            self.route = route
        }

        /// The value of Location; nil where it would name no host because the request names none, or where what
        /// the request fills in would decide about the site.
        func location(_ template: Template) -> String? {
            if template.pieces.contains(.host), host.isEmpty { return nil }
            let text = text(of: template)
            if case .literal(let start) = template.pieces.first, start.utf8.count > 1 {
                return text
            }
            let isPath = text.hasPrefix("/") && !text.hasPrefix("//") && !text.hasPrefix("/\\")
            return isPath ? text : nil
        }

        /// The template with everything filled in. What was not captured is empty.
        func text(of template: Template) -> String {
            template.pieces.map { piece in
                switch piece {
                case .literal(let literal): literal
                case .host: host
                case .path: path
                case .query: query.isEmpty ? "" : "?" + query
                case .capture(let name): capture(name) ?? ""
                }
            }.joined()
        }

        /// What the route's pattern captured under `name`, else what the host's regex did.
        func capture(_ name: String) -> String? {
            switch route.pattern.value {
            case .exact: break
            case .regex(let source, let ignoresCase):
                let captures = OracleRegex.firstMatch(
                    of: source, ignoresCase: ignoresCase, in: path, capturing: [name])
                if let value = captures?[name] { return value }
            case .segments(let segments, let tail):
                let given = OraclePath.segments(of: path)
                for (segment, text) in zip(segments, given) where segment == .wildcard(name: name) {
                    return text
                }
                if tail == .subtree(name: name) {
                    return given.dropFirst(segments.count).joined(separator: "/")
                }
            }
            guard case .regex(let source, let ignoresCase) = rule.pattern.value else { return nil }
            return OracleRegex.firstMatch(
                of: source, ignoresCase: ignoresCase, in: host, capturing: [name])?[name]
        }
    }

    /// The path that goes upstream, or nil where the rewritten path is refused.
    package func rewrittenPath(_ taken: Taken) -> String? {
        guard let rewrite = taken.route.rewrite else { return taken.path }
        var path = taken.path
        if let template = rewrite.path {
            path = taken.text(of: template)
        } else {
            if let prefix = rewrite.stripPrefix, path == prefix || path.hasPrefix(prefix + "/") {
                path.removeFirst(prefix.count)
            }
            path = (rewrite.addPrefix ?? "") + path
        }
        if path.isEmpty { path = "/" }
        let canonical = OraclePath.canonical(Array(path.utf8), pathRules)
        let isHidden = configuration.settings.deniesHiddenFiles
        return canonical.flatMap { isHidden && OraclePath.isHidden($0) ? nil : $0 }
    }
}
