import Diagnostics
import TableFormat
import Validate

/// WR120–WR123: regular expressions that say something else, or cost more, than they seem to.
enum RegexAdvice {
    static func check(
        _ host: LoweredHost, impossible: Set<Int>, settings: Settings,
        warnings: inout DiagnosticSink,
        remarks: inout DiagnosticSink
    ) {
        if case .regex(let source, let ignoresCase) = host.rule.pattern.value {
            check(host: host, source, ignoresCase, into: &warnings)
        }
        for (rank, route) in host.routes.enumerated()
        where route.writtenKind == .regex && !impossible.contains(rank) {
            guard case .regex(let source, let ignoresCase) = route.rule.pattern.value else {
                continue
            }
            let range = route.rule.pattern.range
            if let part = UnescapedDot.find(in: source, besideExtensionsOnly: true) {
                warn(ofDot: part, at: range, into: &warnings)
            }
            if route.isLowered {
                remark(onLowered: route, settings, into: &remarks)
                continue
            }
            check(path: source, ignoresCase, route, into: &warnings)
        }
    }

    private static func check(
        path source: String, _ ignoresCase: Bool, _ route: LoweredRoute,
        into sink: inout DiagnosticSink
    ) {
        let range = route.rule.pattern.range
        if !RegexAnchors(source, ignoresCase: ignoresCase).isAtStart {
            sink.warning(
                .unanchoredRegex, at: range,
                "this regular expression matches anywhere in a path: nothing ties it to the start",
                suggestion: "begin it with `^/`; an alternation needs parentheses: `^(?:…|…)$`")
        }
        if !route.filings.contains(where: \.isSelective) {
            sink.warning(
                .regexWithoutLiteral, at: range,
                "this regular expression is tried on every request of the host: no text of its "
                    + "own must be in the path",
                suggestion: "give it a literal part, such as a first segment")
        }
    }

    private static func check(
        host: LoweredHost, _ source: String, _ ignoresCase: Bool, into sink: inout DiagnosticSink
    ) {
        let range = host.rule.pattern.range
        if let part = UnescapedDot.find(in: source, besideExtensionsOnly: false) {
            warn(ofDot: part, at: range, into: &sink)
        }
        let anchors = RegexAnchors(source, ignoresCase: ignoresCase)
        if !anchors.isAtStart || !anchors.isAtEnd {
            let part =
                anchors.isAtStart ? "begins" : anchors.isAtEnd ? "ends" : "has a part that is"
            sink.warning(
                .unanchoredRegex, at: range,
                "this regular expression matches every host name that \(part) so",
                suggestion: "begin it with `^` and end it with `$`")
        }
        if !host.filings.contains(where: \.isSelective) {
            sink.warning(
                .regexWithoutLiteral, at: range,
                "this regular expression is tried on every request that no exact host or wildcard "
                    + "takes: no text of its own must be in the name",
                suggestion: "give it a literal part, such as the domain")
        }
    }

    private static func warn(
        ofDot part: String, at range: SourceRange, into sink: inout DiagnosticSink
    ) {
        sink.warning(
            .unescapedDot, at: range, "the dot in `\(part)` stands for any byte",
            suggestion: "write `\\.`")
    }

    private static func remark(
        onLowered route: LoweredRoute, _ settings: Settings, into sink: inout DiagnosticSink
    ) {
        // With an empty segment, for one, it would be no pattern that can be written.
        guard let written = LoweredText(route),
            PathPattern.canBeWritten(
                written.text, keepsEncodedSlash: settings.encodedSlash == .keep)
        else { return }
        sink.add(
            Diagnostic(
                code: .regexIsPattern, severity: .note, range: route.rule.pattern.range,
                message:
                    "this regular expression says what `\(written.text)` says, "
                    + "and is matched as that",
                suggestion: written.alsoTakes.map {
                    "write `\(written.text)`, if `\($0)` may be taken as well"
                } ?? "write `\(written.text)`; it is then ranked by how specific it is"))
    }
}
