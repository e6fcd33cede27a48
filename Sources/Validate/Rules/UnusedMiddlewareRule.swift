import Diagnostics

/// WR114: a middleware that is neither global nor in any list guards nothing.
enum UnusedMiddlewareRule: Rule {
    static func check(_ subject: RuleSubject, into sink: inout DiagnosticSink) {
        for (index, middleware) in subject.configuration.middlewares.enumerated() {
            guard middleware.isEnabled, !middleware.isGlobal, middleware.isKnown,
                !subject.middlewareNames.isUsed(index), subject.isUnused(middleware.name.value)
            else { continue }
            sink.warning(
                .unusedMiddleware, at: middleware.name.range,
                "nothing uses the middleware `\(middleware.name.value)`",
                suggestion:
                    "list it in `middlewares` of a host or route, or give it `is_global: true`")
        }
    }
}
