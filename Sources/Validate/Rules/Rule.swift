import Diagnostics

/// A check of a whole configuration that is otherwise valid. One rule a file, one code a rule.
protocol Rule {
    static func check(_ subject: RuleSubject, into sink: inout DiagnosticSink)
}
