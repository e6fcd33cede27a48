/// Reads the `pattern` of a route. Regexes are compiled by the caller.
struct PathPatternText {
    /// What is wrong, as a whole sentence, with a place in bytes of the pattern.
    struct Fault: Error, Equatable {
        let code: Kind
        let message: String
        let suggestion: String?
        let offsets: Range<Int>?

        enum Kind { case malformed, notCanonical }

        init(
            _ message: String, code: Kind = .malformed, suggestion: String? = nil,
            at offsets: Range<Int>? = nil
        ) {
            self.code = code
            self.message = message
            self.suggestion = suggestion
            self.offsets = offsets
        }
    }

    /// `advanced.path.encoded_slash` is `keep`.
    let keepsEncodedSlash: Bool

    func parse(_ text: String) throws(Fault) -> PathPattern {
        if let (source, ignoresCase) = RegexText.split(text) {
            return .regex(source: source, ignoresCase: ignoresCase)
        }
        if text.hasPrefix("^") { return .regex(source: text, ignoresCase: false) }
        if let pattern = PlainPathPattern.parse(text) { return pattern }
        guard text.hasPrefix("/") else {
            throw Fault(
                "a path pattern begins with `/`",
                suggestion: text == "*" ? "every path is `/*`" : slashAdvice(text))
        }
        guard text.utf8.count <= CanonicalPath.byteCountMax else {
            throw Fault("a path has at most \(CanonicalPath.byteCountMax) bytes")
        }
        let parts = text.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= CanonicalPath.segmentCountMax else {
            throw Fault("a path has at most \(CanonicalPath.segmentCountMax) segments")
        }
        return try build(text, parts: parts.map(String.init))
    }

    /// What begins like the name of a host may be meant as one.
    private func slashAdvice(_ text: String) -> String {
        let first = text.prefix { $0 != "/" }
        if text.contains("://") || first.contains(".") && first.count < text.count {
            return "hosts are patterns of `host_rules`; of their routes only the path is written"
        }
        return "write `/\(text)`"
    }

    private func build(_ text: String, parts: [String]) throws(Fault) -> PathPattern {
        var segments: [PathSegment] = []
        var tail = PathTail.end
        var canonicalParts: [String] = []
        var names: [String] = []
        var offset = 1
        for (index, part) in parts.enumerated() {
            let parsed = try parse(segment: part, at: offset, isLast: index == parts.count - 1)
            if let name = parsed.name {
                guard !names.contains(name) else {
                    throw Fault(
                        "the name `\(name)` is used twice in this pattern",
                        at: offset..<(offset + part.utf8.count))
                }
                names.append(name)
            }
            switch parsed.kind {
            case .segment(let segment): segments.append(segment)
            case .tail(let parsedTail): tail = parsedTail
            }
            canonicalParts.append(parsed.canonical)
            offset += part.utf8.count + 1
        }
        try checkCanonical(text, parts: parts, canonicalParts: canonicalParts)
        let isLiteral = segments.allSatisfy { segment in
            if case .literal = segment { return true }
            return false
        }
        if isLiteral, case .end = tail { return .exact(text) }
        return .segments(segments, tail: tail)
    }

    // MARK: Canonical form

    private func checkCanonical(
        _ text: String, parts: [String], canonicalParts: [String]
    ) throws(Fault) {
        for part in parts where part.hasPrefix("..;") || part.hasPrefix(".;") {
            throw Fault(
                "requests with the segment `\(part)` are refused, so this never matches",
                code: .notCanonical)
        }
        guard let resolved = CanonicalPath.withoutDotSegments(canonicalParts) else {
            throw Fault("this path climbs above the root, so it never matches", code: .notCanonical)
        }
        for part in canonicalParts where !part.contains("*") && HiddenDots.areIn(Array(part.utf8)) {
            throw Fault(
                "requests with the segment `\(part)` are refused, so this never matches: a backend "
                    + "may take it for `.` or `..`", code: .notCanonical)
        }
        let canonical = "/" + resolved.joined(separator: "/")
        guard canonical != text else { return }
        // What is refused in its canonical form as well is not worth writing.
        let isAccepted = PathPattern.canBeWritten(
            canonical, keepsEncodedSlash: keepsEncodedSlash)
        throw Fault(
            "no request has this path: paths are compared in their canonical form",
            code: .notCanonical, suggestion: isAccepted ? "write `\(canonical)`" : nil)
    }

    // MARK: Segments

    private struct ParsedSegment {
        enum Kind {
            case segment(PathSegment)
            case tail(PathTail)
        }

        let kind: Kind
        var name: String?
        /// The segment as the canonical pattern has it.
        let canonical: String
    }

    private func parse(segment: String, at offset: Int, isLast: Bool) throws(Fault) -> ParsedSegment
    {
        let offsets = offset..<(offset + segment.utf8.count)
        if segment == "*" {
            return ParsedSegment(
                kind: isLast ? .tail(.subtree(name: nil)) : .segment(.wildcard(name: nil)),
                canonical: segment)
        }
        if segment.hasPrefix("{"), segment.hasSuffix("}"), !segment.dropFirst().contains("{") {
            return try parse(parameter: segment, at: offsets, isLast: isLast)
        }
        guard segment.contains("{") == segment.contains("}") else {
            throw Fault(
                segment.contains("{") ? "`{` is not closed" : "`}` without `{`", at: offsets)
        }
        if segment.contains("{") {
            throw Fault(
                "`{name}` takes a whole segment",
                suggestion: "use a regular expression for a part of one",
                at: offsets)
        }
        if segment.contains("*") { return try parse(glob: segment, at: offsets) }
        let canonical = try canonical(segment, at: offset)
        return ParsedSegment(kind: .segment(.literal(segment)), canonical: canonical)
    }

    private func parse(
        parameter segment: String, at offsets: Range<Int>, isLast: Bool
    ) throws(Fault) -> ParsedSegment {
        var name = String(segment.dropFirst().dropLast())
        let takesRest = name.hasSuffix("...")
        if takesRest { name.removeLast(3) }
        guard name.utf8.count <= Self.nameByteCountMax else {
            throw Fault(
                "`\(name)` is too long: a name has at most \(Self.nameByteCountMax) bytes",
                at: offsets)
        }
        guard Self.isName(name) else {
            throw Fault(
                "`\(name)` is not a name: letters, digits and `_`, not beginning with a digit",
                suggestion: name.contains(":")
                    ? "what a segment must be is said by a regular expression: "
                        + "`~^/users/(?<id>[0-9]+)$`" : nil,
                at: offsets)
        }
        guard takesRest else {
            return ParsedSegment(
                kind: .segment(.wildcard(name: name)), name: name, canonical: segment)
        }
        guard isLast else {
            throw Fault(
                "`{\(name)...}` takes the rest of the path, so nothing can follow it",
                suggestion: "write `{\(name)}` for one segment", at: offsets)
        }
        return ParsedSegment(kind: .tail(.subtree(name: name)), name: name, canonical: segment)
    }

    private func parse(glob segment: String, at offsets: Range<Int>) throws(Fault) -> ParsedSegment
    {
        guard !segment.contains("**") else {
            throw Fault(
                "`**` is not a wildcard",
                suggestion:
                    "`/*` at the end takes everything below, and `*` one segment or a part of it",
                at: offsets)
        }
        let texts = segment.split(separator: "*", omittingEmptySubsequences: false).map(String.init)
        var canonicalTexts: [String] = []
        var offset = offsets.lowerBound
        for text in texts {
            canonicalTexts.append(try canonical(text, at: offset))
            offset += text.utf8.count + 1
        }
        return ParsedSegment(
            kind: .segment(.glob(texts)), canonical: canonicalTexts.joined(separator: "*"))
    }

    private func canonical(_ text: String, at offset: Int) throws(Fault) -> String {
        do throws(CanonicalPath.Fault) {
            return try CanonicalPath.segment(text, keepsEncodedSlash: keepsEncodedSlash)
        } catch {
            switch error {
            case .invalidPercent(let inner):
                let place = (offset + inner)..<(offset + inner + 1)
                throw Fault(
                    "`%` needs two hexadecimal digits", suggestion: "a literal `%` is `%25`",
                    at: place)
            case .encodedNUL:
                throw Fault(
                    "requests with `%00` are refused, so this never matches", code: .notCanonical)
            case .encodedSlash:
                throw Fault(
                    "requests with an encoded slash are refused, so this never matches",
                    code: .notCanonical,
                    suggestion: "set `encoded_slash: keep` in `advanced.path` to accept them")
            case .query(let inner):
                throw Fault(
                    "a path has no query",
                    suggestion: "put what the query must be into `match.query`",
                    at: (offset + inner)..<(offset + text.utf8.count))
            }
        }
    }

    private static let nameByteCountMax = 32

    /// Whether a text can name a capture.
    static func isName(_ text: String) -> Bool {
        guard let first = text.utf8.first, !(0x30...0x39).contains(first),
            text.utf8.count <= nameByteCountMax
        else {
            return false
        }
        return text.utf8.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "_"): true
            default: false
            }
        }
    }
}
