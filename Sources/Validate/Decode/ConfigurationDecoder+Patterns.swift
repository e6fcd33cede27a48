import Diagnostics
import RouteSyntax

/// Patterns, conditions and templates, with places inside their text.
extension ConfigurationDecoder {
    /// A part of a request that a setting names.
    mutating func requestKey(_ node: Node, _ key: String, _ grammar: RequestKeyText) -> RequestKey?
    {
        guard let text = text(node, key) else { return nil }
        if let parsed = grammar.parse(text) { return parsed }
        sink.error(
            .unknownWord, at: node.range, "`\(key)` can't be `\(text)`",
            suggestion: "one of \(grammar.choices)")
        return nil
    }

    /// Compiles a regex.
    ///
    /// - Parameters:
    ///   - node: The scalar that ends with the source.
    ///   - skipped: How many bytes of the scalar come before it: `~`, `~*` or nothing.
    /// - Returns: The names of its groups, or nil if it is refused.
    mutating func checkRegex(
        _ source: String, ignoresCase: Bool, in node: Node, skipping skipped: Int
    ) -> [String]? {
        guard !source.isEmpty else {
            sink.error(.invalidRegex, at: node.range, "the regular expression is empty")
            return nil
        }
        guard source.utf8.count <= RegexText.byteCountMax else {
            sink.error(
                .regexTooLong, at: node.range,
                "a regular expression has at most \(RegexText.byteCountMax) bytes")
            return nil
        }
        if source.hasPrefix("(*") {
            let end = source.utf8.firstIndex(of: UInt8(ascii: ")")) ?? source.endIndex
            let count = min(
                source.utf8.distance(from: source.startIndex, to: end) + 1, source.utf8.count)
            sink.error(
                .regexVerb, at: node.range(ofText: skipped..<(skipped + count)),
                "a pattern can't begin with a PCRE2 verb",
                suggestion: "remove it: `~*` ignores case, and limits are set for every pattern")
            return nil
        }
        do throws(RegexCheck.Fault) {
            return try RegexCheck.groupNames(of: source, ignoresCase: ignoresCase)
        } catch {
            let start = skipped + min(error.offset, max(0, source.utf8.count - 1))
            sink.error(
                .invalidRegex, at: node.range(ofText: start..<(start + 1)),
                "the regular expression is not valid: \(error.message)")
            return nil
        }
    }

    /// Warns of a space that another server has behind its `~`. One that may be there or not, ` ?`, is left alone.
    private mutating func warnOfSpace(
        before source: String, of text: String, _ subject: String, at range: SourceRange
    ) {
        let rest = source.drop { $0 == " " }
        guard source.hasPrefix(" "), let next = rest.first,
            next == "^" || next == "/" || next.isLetter
        else { return }
        sink.warning(
            .foreignPattern, at: range,
            "the space behind `~` is part of the regular expression, and no \(subject) has one",
            suggestion: "write `\(text.prefix(markByteCount(text)))\(rest)`")
    }

    /// How many bytes of marked text come before the regex.
    func markByteCount(_ text: String) -> Int {
        text.hasPrefix("~*") ? 2 : text.hasPrefix("~") ? 1 : 0
    }

    /// The pattern of a route and the names that it captures.
    mutating func pathPattern(_ text: String, _ node: Node) -> (
        pattern: PathPattern, captures: [String]
    )? {
        let grammar = PathPatternText(keepsEncodedSlash: settings.encodedSlash == .keep)
        do throws(PathPatternText.Fault) {
            let pattern = try grammar.parse(text)
            guard case .regex(let source, let ignoresCase) = pattern else {
                if let foreign = ForeignPattern.advice(about: text) {
                    sink.warning(
                        .foreignPattern, at: node.range, foreign.message,
                        suggestion: foreign.suggestion)
                }
                return (pattern, pattern.segmentNames)
            }
            warnOfSpace(before: source, of: text, "path", at: node.range)
            let names = checkRegex(
                source, ignoresCase: ignoresCase, in: node, skipping: markByteCount(text))
            return names.map { (pattern, $0) }
        } catch {
            sink.error(
                error.code == .malformed ? .invalidPathPattern : .pathNotCanonical,
                at: error.offsets.map { node.range(ofText: $0) } ?? node.range, error.message,
                suggestion: error.suggestion)
            return nil
        }
    }

    /// The pattern of a host rule and the names that it captures.
    mutating func hostPattern(_ text: String, _ node: Node) -> (
        pattern: HostPattern, captures: [String]
    )? {
        do throws(HostText.Fault) {
            let pattern = try HostPatternText.parse(text)
            guard case .regex(let source, let ignoresCase) = pattern else { return (pattern, []) }
            warnOfSpace(before: source, of: text, "host", at: node.range)
            let names = checkRegex(
                source, ignoresCase: ignoresCase, in: node, skipping: markByteCount(text))
            return names.map { (pattern, $0) }
        } catch {
            sink.error(
                .invalidHostPattern, at: node.range, error.message, suggestion: error.suggestion)
            return nil
        }
    }

    /// Text with placeholders.
    mutating func template(_ text: String, _ node: Node, _ grammar: TemplateText) -> Template? {
        do throws(TemplateText.Fault) {
            return try grammar.parse(text)
        } catch {
            sink.error(
                error.isUnknownName ? .unknownPlaceholder : .invalidTemplate,
                at: node.range(ofText: error.offsets), error.message, suggestion: error.suggestion)
            return nil
        }
    }
}
