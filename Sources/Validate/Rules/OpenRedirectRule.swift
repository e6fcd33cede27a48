import Diagnostics

/// WR133: a host that is made of what the request has in its path is a host that the sender of a link chooses.
///
/// A whole segment before a fixed domain (`https://{tenant}.example.com/`) names a host of that domain only. Where
/// the template has neither scheme nor host, the proxy itself refuses what would lead elsewhere; what begins
/// with a segment always would.
enum OpenRedirectRule: Rule {
    static func check(_ subject: RuleSubject, into sink: inout DiagnosticSink) {
        for redirect in subject.observations.redirects {
            if let piece = idleStart(of: redirect.template, redirect.pattern) {
                sink.warning(
                    .openRedirect, at: redirect.range,
                    "`{\(piece)}` begins the redirect and never with a `/`: it is no path, and "
                        + "every such request is refused (400)",
                    suggestion: "write `/{\(piece)}` or `https://HOST/{\(piece)}`")
            }
            guard let name = openCapture(of: redirect.template, redirect.pattern) else { continue }
            sink.warning(
                .openRedirect, at: redirect.range,
                "an open redirect: `{\(name)}` comes from the path and stands in the host, so a "
                    + "link to this site can lead to any other",
                suggestion: "begin the path before it: `https://HOST/{\(name)}`")
        }
    }

    /// The piece at the start of a template whose text can't be a path.
    private static func idleStart(of template: Template, _ pattern: PathPattern) -> String? {
        switch template.pieces.first {
        case .host: return "host"
        case .query: return "query"
        case .capture(let name):
            // What a group of a regex takes may begin with a slash.
            guard case .regex = pattern else { return name }
            return nil
        case .literal, .path, nil: return nil
        }
    }

    /// The capture that decides about the host, if one does.
    private static func openCapture(of template: Template, _ pattern: PathPattern) -> String? {
        guard case .literal(let start) = template.pieces.first,
            let scheme = ["https://", "http://", "//"].first(where: { start.hasPrefix($0) })
        else { return nil }
        let names = pattern.wildcardNames
        let first = start.dropFirst(scheme.count)
        // The path has begun.
        if first.contains("/") { return nil }
        var open: String?
        for piece in template.pieces.dropFirst() {
            switch piece {
            case .literal(let text):
                let authority = text.prefix { $0 != "/" }
                // Segments before it can only name hosts below it.
                let isDomain = authority.hasPrefix(".") && authority.dropFirst().contains(".")
                if isDomain, let name = open, names.contains(name) { open = nil }
                if authority.count < text.count { return open }
            case .capture(let name):
                // What a regex or a rest took may have slashes, after which no domain counts.
                if open == nil || !names.contains(name) { open = name }
            case .path, .query: return open
            case .host: break
            }
        }
        return open
    }
}

extension PathPattern {
    /// The names that stand for one whole segment.
    fileprivate var wildcardNames: Set<String> {
        guard case .segments(let segments, _) = self else { return [] }
        return Set(
            segments.compactMap { segment in
                if case .wildcard(let name) = segment { name } else { nil }
            })
    }
}
