import Diagnostics
import TableFormat
import Validate

/// WR135: regular expressions that a short text is enough for to have the limit of steps exceeded.
struct CostlyRegexAdvice {
    private var search: CostlyRegex

    init(_ settings: Settings) { search = CostlyRegex(settings) }

    mutating func check(_ host: LoweredHost, into sink: inout DiagnosticSink) {
        if case .regex(let source, let ignoresCase) = host.rule.pattern.value {
            report(
                "this regular expression", "the host", source, ignoresCase, .host,
                at: host.rule.pattern.range, into: &sink)
        }
        for route in host.routes {
            let rule = route.rule
            let range = rule.pattern.range
            if case .regex(let source, let ignoresCase) = rule.pattern.value, !route.isLowered {
                report(
                    "this regular expression", "the path", source, ignoresCase, .path, at: range,
                    into: &sink)
            }
            let conditions = rule.conditions
            for (kind, tests) in [
                ("header", conditions.headers), ("query parameter", conditions.query),
                ("cookie", conditions.cookies),
            ] {
                for test in tests {
                    guard case .regex(let source, let ignoresCase) = test.test else { continue }
                    report(
                        "the regular expression for the \(kind) `\(test.name)`", "the value",
                        source, ignoresCase, .value, at: range, into: &sink)
                }
            }
        }
    }

    /// The `path_patterns` of `websocket`.
    mutating func check(_ middlewares: [Middleware], into sink: inout DiagnosticSink) {
        for middleware in middlewares {
            guard middleware.isEnabled, middleware.isKnown,
                case .webSocket(let policy) = middleware.configuration
            else { continue }
            for path in policy.pathPatterns {
                guard case .regex(let source, let ignoresCase) = path.pattern else { continue }
                report(
                    "the path pattern `\(path.text)`", "the path", source, ignoresCase, .path,
                    at: middleware.name.range, into: &sink)
            }
        }
    }

    private mutating func report(
        _ what: String, _ subject: String, _ source: String, _ ignoresCase: Bool,
        _ kind: CostlyRegex.Subject, at range: SourceRange, into sink: inout DiagnosticSink
    ) {
        guard
            let witness = search.witness(
                against: source, ignoresCase: ignoresCase, subject: kind)
        else { return }
        let repeated = String(decoding: witness.repeated, as: UTF8.self)
        let growth =
            witness.isExponential
            ? "their number doubles with each `\(repeated)`"
            : "their number grows with a high power of the length"
        sink.warning(
            .costlyRegex, at: range,
            "\(what) can be read in too many ways, and \(growth): with \(subject) "
                + "\(witness.shown) PCRE2 gives up after \(TableLimits.matchLimitMax) steps, and "
                + "the request gets 503",
            suggestion: witness.isExponential
                ? "let each byte be read in one way: `(a+)+` is `a+`, `(\\w+\\s?)*` is "
                    + "`(\\w+\\s)*\\w*`, `(a|ab|b)*` is `[ab]*`"
                : "let repetitions stop where the next part begins: `[^/]*` instead of `.*`")
    }
}
