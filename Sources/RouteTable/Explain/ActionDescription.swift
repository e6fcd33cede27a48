/// What a route does, for people.
enum ActionDescription {
    /// What becomes of the path. Texts are as they were written.
    struct Rewrite {
        var stripPrefix: String?
        var addPrefix: String?
        var path: String?
    }

    case forward([Explanation.Target], Rewrite?)
    case redirect(to: String, status: UInt16)
    case respond(status: UInt16, contentType: String, body: String)

    /// One line: `to chat`, `redirect 308 to https://{host}/new`.
    var text: String {
        switch self {
        case .forward(let targets, let rewrite):
            "to \(Self.text(of: targets))" + Self.text(of: rewrite)
        case .redirect(let location, let status): "redirect \(status) to \(location)"
        case .respond(let status, let contentType, let body):
            "respond \(status) with \(body.utf8.count) bytes of \(contentType)"
        }
    }

    private static func text(of targets: [Explanation.Target]) -> String {
        if targets.count == 1 { return targets[0].service }
        return targets.map { "\($0.service) (weight \($0.weight))" }.joined(separator: " or ")
    }

    private static func text(of rewrite: Rewrite?) -> String {
        guard let rewrite else { return "" }
        if let path = rewrite.path { return ", path \(path)" }
        return (rewrite.stripPrefix.map { ", without \($0)" } ?? "")
            + (rewrite.addPrefix.map { ", behind \($0)" } ?? "")
    }
}
