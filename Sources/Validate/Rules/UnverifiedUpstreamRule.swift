import Diagnostics

/// WR111: without verification, whoever sits between proxy and backend can read and change everything.
enum UnverifiedUpstreamRule: Rule {
    static func check(_ subject: RuleSubject, into sink: inout DiagnosticSink) {
        for range in subject.observations.unverifiedUpstreams {
            sink.warning(
                .unverifiedUpstream, at: range,
                "the certificates of this service's backends are not verified",
                suggestion: "name the authority that signed them in `ca`")
        }
    }
}
