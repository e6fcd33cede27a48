import Diagnostics

/// WR134: a `cors` takes what the backend says of other sites out of answers. Without origins of its own nothing is
/// left, and preflights are refused.
enum ClosedOriginRule: Rule {
    static func check(_ subject: RuleSubject, into sink: inout DiagnosticSink) {
        for range in subject.observations.closedOrigins {
            sink.warning(
                .closedOrigins, at: range,
                "this `cors` allows no origin: every preflight is refused (403), and no page of "
                    + "another site can read an answer",
                suggestion: "list the origins of your pages in `allowed_origins`, or remove it")
        }
    }
}
