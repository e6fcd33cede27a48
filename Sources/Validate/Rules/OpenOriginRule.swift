import Diagnostics

/// WR126: browsers send cookies with a WebSocket handshake from any page; a check that lets all origins in is none.
enum OpenOriginRule: Rule {
    static func check(_ subject: RuleSubject, into sink: inout DiagnosticSink) {
        for middleware in subject.configuration.middlewares {
            guard middleware.isKnown,
                case .webSocket(let policy) = middleware.configuration, policy.checksOrigin,
                policy.allowedOrigins.contains("*")
            else { continue }
            sink.warning(
                .openOriginCheck, at: middleware.name.range,
                "`\(middleware.name.value)` checks the origin and allows every one",
                suggestion: "list the origins of your pages in `allowed_origins`")
        }
    }
}
