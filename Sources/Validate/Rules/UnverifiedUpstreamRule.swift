import Diagnostics

/// WR111: without verification, whoever sits between proxy and backend can read and change everything.
enum UnverifiedUpstreamRule: Rule {
    static func check(_ subject: RuleSubject, into sink: inout DiagnosticSink) {
        for upstream in subject.observations.unverifiedUpstreams {
            sink.warning(
                .unverifiedUpstream, at: upstream.range,
                "the certificates of this service's backends are not verified",
                suggestion: upstream.namesAuthority
                    ? "remove `insecure_skip_verify`: `ca` names the authority already"
                    : "name the authority that signed them in `ca`")
        }
    }
}
