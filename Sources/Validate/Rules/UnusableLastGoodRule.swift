import Diagnostics

/// WR131: requests with a cookie are never given a kept answer, and affinity has every client send one.
enum UnusableLastGoodRule: Rule {
    static func check(_ subject: RuleSubject, into sink: inout DiagnosticSink) {
        for service in subject.configuration.services {
            guard service.isKnown, service.fallback.lastGood != nil,
                let affinity = service.sessionAffinity
            else {
                continue
            }
            sink.warning(
                .unusableLastGood, at: service.name.range,
                "`\(service.name.value)` has its clients send the cookie `\(affinity.cookieName)`, "
                    + "and requests with a cookie are never answered by `last_good`",
                suggestion: "leave out `session_affinity` or `last_good`")
        }
    }
}
