import Diagnostics
import RouteSyntax

/// Readers of single values. Each reports what is wrong and then gives nil.
extension ConfigurationDecoder {
    /// Largest number of things that a setting can count: nobody means more, and it fits 32 bits.
    static let countMax = 1_000_000_000

    /// The entries of a map, each key known to the section and with a value.
    mutating func fields(of node: Node, in section: Section) -> Fields? {
        guard case .mapping(let entries) = node.kind else {
            wrongType(
                node, "\(section.place) must be a map",
                suggestion: Self.mapAdvice(node, in: section))
            return nil
        }
        let isTopLevel = section.schemaName == Section.topLevel.schemaName
        let areAllFine = entries.allSatisfy { entry in
            section.keys.contains(entry.key.text) && !entry.value.isNull
        }
        if areAllFine {
            return Fields(
                section: section, range: node.range, entries: entries, meantKeys: [],
                hasOnlyKnownKeys: true)
        }
        var known: [Node.Entry] = []
        var meant: [String] = []
        var hasStrangeKeys = false
        for entry in entries {
            let key = entry.key.text
            guard section.keys.contains(key) else {
                let nearest = section.key(meantBy: key)
                if let nearest { meant.append(nearest) } else { hasStrangeKeys = true }
                if isTopLevel { gaps.skip(entry.value) }
                sink.error(
                    .unknownKey, at: entry.keyRange, "`\(key)` is not a key of \(section.place)",
                    suggestion: nearest.map { "did you mean `\($0)`?" }
                        ?? section.advice(about: key))
                continue
            }
            guard !entry.value.isNull else {
                meant.append(key)
                sink.error(
                    .missingValue, at: entry.keyRange, "`\(key)` has no value",
                    suggestion: "give it one, or remove the key")
                continue
            }
            known.append(entry)
        }
        return Fields(
            section: section, range: node.range, entries: known, meantKeys: meant,
            hasOnlyKnownKeys: known.count == entries.count, hasStrangeKeys: hasStrangeKeys)
    }

    /// Reports a value of the wrong type: "`port` must be a number, but this is a list".
    mutating func wrongType(_ node: Node, _ demand: String, suggestion: String? = nil) {
        // That nothing is known about it was reported.
        if node.isUnresolved { return }
        sink.error(
            .wrongType, at: node.range, "\(demand), but this is \(node.description)",
            suggestion: suggestion)
    }

    /// `url:http://a` is a text: a colon ends a key where a space follows.
    private static func mapAdvice(_ node: Node, in section: Section) -> String? {
        if section.schemaName == Section.topLevel.schemaName {
            return "begin with keys such as `services:` and `route_rules:`"
        }
        guard case .scalar(let scalar) = node.kind, scalar.isPlain,
            let colon = scalar.text.firstIndex(of: ":"),
            section.keys.contains(String(scalar.text[..<colon]))
        else { return nil }
        return "put a space behind the colon: `\(scalar.text[...colon]) …`"
    }

    /// The items of a list.
    mutating func list(_ node: Node, _ key: String) -> [Node]? {
        guard case .sequence(let items) = node.kind else {
            var suggestion: String?
            if case .scalar(let scalar) = node.kind, !scalar.isNull, scalar.text.utf8.count <= 40 {
                suggestion = "write `[\(scalar.text)]`"
            }
            if node.isUnresolved { return nil }
            if case .mapping(let entries) = node.kind {
                suggestion = "begin each item with `- `"
                if let key = entries.first?.key.text, key.hasPrefix("-") {
                    suggestion = "put a space behind the dash: `- \(key.dropFirst())`"
                }
            }
            wrongType(node, "`\(key)` must be a list", suggestion: suggestion)
            return nil
        }
        return items
    }

    /// Text of one line. Numbers are taken as they are written; `true`, `null` and the like are not.
    mutating func text(_ node: Node, _ key: String, allowsEmpty: Bool = false) -> String? {
        guard case .scalar(let scalar) = node.kind else {
            wrongType(node, "`\(key)` must be text", suggestion: quotesAdvice(node))
            return nil
        }
        if scalar.isUnresolved { return nil }
        guard !scalar.isNull, !scalar.isPlainBoolean else {
            if scalar.text.isEmpty, scalar.isPlain {
                wrongType(node, "`\(key)` must be text")
            } else {
                wrongType(
                    node, "`\(key)` must be text",
                    suggestion: "put it in quotes: \"\(scalar.text)\"")
            }
            return nil
        }
        if scalar.text.isEmpty, !allowsEmpty {
            sink.error(.emptyValue, at: node.range, "`\(key)` is empty")
            return nil
        }
        if let offset = Self.firstControlCharacter(in: scalar.text) {
            sink.error(
                .invalidText, at: node.range(ofText: offset..<(offset + 1)),
                "`\(key)` has a line break or another control character in it",
                suggestion: "write it on one line")
            return nil
        }
        return scalar.text
    }

    /// The offset of the first control character, in bytes.
    private static func firstControlCharacter(in text: String) -> Int? {
        let bytes = text.utf8.span
        for offset in 0..<bytes.count where bytes[offset] < 0x20 || bytes[offset] == 0x7F {
            return offset
        }
        return nil
    }

    /// YAML reads `[::1]` as a list and `{path}` as a map.
    private func quotesAdvice(_ node: Node) -> String? {
        switch node.kind {
        case .sequence(let items) where items.count <= 1: "put text that begins with `[` in quotes"
        case .mapping(let entries) where entries.count <= 1:
            "put text that begins with `{` in quotes"
        default: nil
        }
    }

    /// A list of texts.
    mutating func texts(_ node: Node, _ key: String) -> [String] {
        (list(node, key) ?? []).compactMap { text($0, key) }
    }

    /// A boolean: `true` or `false` and nothing else.
    mutating func boolean(_ node: Node, _ key: String) -> Bool? {
        guard case .scalar(let scalar) = node.kind else {
            wrongType(node, "`\(key)` must be true or false")
            return nil
        }
        if scalar.isUnresolved { return nil }
        switch scalar.text {
        case "true" where scalar.isPlain: return true
        case "false" where scalar.isPlain: return false
        default: break
        }
        let words = [
            "yes": "true", "on": "true", "y": "true", "no": "false", "off": "false", "n": "false",
        ]
        let lowered = scalar.text.lowercased()
        if ["true", "false"].contains(lowered) {
            sink.error(
                .invalidBoolean, at: node.range,
                scalar.isPlain
                    ? "`\(key)` must be true or false in lower case"
                    : "`\(key)` must be true or false, but this is text in quotes",
                suggestion: "write `\(lowered)`")
        } else if let meant = words[lowered] {
            sink.error(
                .invalidBoolean, at: node.range,
                "`\(key)` must be true or false; `\(scalar.text)` is not a boolean here",
                suggestion: "write `\(meant)`")
        } else {
            sink.error(
                .invalidBoolean, at: node.range,
                "`\(key)` must be true or false, but this is \(scalar.description)")
        }
        return nil
    }

    /// A whole number.
    mutating func integer(_ node: Node, _ key: String, _ range: ClosedRange<Int>) -> Int? {
        if node.isUnresolved { return nil }
        guard case .scalar(let scalar) = node.kind, scalar.isPlain, scalar.isNumber,
            !scalar.text.utf8.contains(UInt8(ascii: "."))
        else {
            if case .scalar(let scalar) = node.kind, scalar.isNumber {
                sink.error(.wrongType, at: node.range, "`\(key)` must be a whole number")
                return nil
            }
            var advice: String?
            if case .scalar(let scalar) = node.kind, !scalar.isPlain,
                Scalar(text: scalar.text, isPlain: true).isNumber
            {
                advice = "write it without quotes"
            } else if case .scalar(let scalar) = node.kind {
                advice = NumberAdvice.plain(scalar.text)
            }
            wrongType(node, "`\(key)` must be a whole number", suggestion: advice)
            return nil
        }
        guard let value = Int(scalar.text), range.contains(value) else {
            let isOpen = range.upperBound == Self.countMax
            let isTooLarge =
                Int(scalar.text).map { $0 > range.upperBound } ?? !scalar.text.hasPrefix("-")
            sink.error(
                .outOfRange, at: node.range,
                isOpen
                    ? isTooLarge
                        ? "`\(key)` must be at most \(range.upperBound)"
                        : "`\(key)` must be at least \(range.lowerBound)"
                    : "`\(key)` must be from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        warnOfOctal(scalar, key, at: node.range)
        return value
    }

    /// Warns of a number that others would read as another one.
    private mutating func warnOfOctal(_ scalar: Scalar, _ key: String, at range: SourceRange) {
        guard scalar.isPlain, let (decimal, octal) = NumberAdvice.octal(scalar.text) else { return }
        sink.warning(
            .leadingZero, at: range,
            "`\(key)` is \(decimal) here; to older versions of YAML the zero before it is the sign "
                + "of an octal number",
            suggestion: "write `\(decimal)`, or `\(octal)` if it is meant to be octal")
    }

    /// One of a few words.
    mutating func word<Value>(
        _ node: Node, _ key: String, _ choices: KeyValuePairs<String, Value>
    ) -> Value? {
        guard let text = text(node, key) else { return nil }
        if let choice = choices.first(where: { $0.key == text }) { return choice.value }
        let names = choices.map(\.key)
        let list = names.map { "`\($0)`" }.joined(separator: ", ")
        sink.error(
            .unknownWord, at: node.range, "`\(key)` can't be `\(text)`",
            suggestion: DidYouMean.suggestion(for: text, among: names) ?? "one of \(list)")
        return nil
    }

    /// A duration in milliseconds.
    ///
    /// - Parameter allowsZero: Zero says something of its own here.
    mutating func duration(_ node: Node, _ key: String, allowsZero: Bool = false) -> UInt32? {
        guard case .scalar(let scalar) = node.kind else {
            wrongType(node, "`\(key)` must be a duration", suggestion: DurationText.advice)
            return nil
        }
        if scalar.isUnresolved { return nil }
        switch DurationText.parse(
            scalar.text, isPlain: scalar.isPlain, allowsZero: allowsZero)
        {
        case .success(let milliseconds):
            warnOfOctal(scalar, key, at: node.range)
            return milliseconds
        case .failure(let fault):
            sink.error(
                .invalidDuration, at: node.range, "`\(key)` \(fault.message)",
                suggestion: fault.suggestion)
            return nil
        }
    }

    /// A size in bytes.
    mutating func size(_ node: Node, _ key: String, _ range: ClosedRange<UInt64>) -> UInt64? {
        guard case .scalar(let scalar) = node.kind else {
            wrongType(node, "`\(key)` must be a size", suggestion: SizeText.advice)
            return nil
        }
        if scalar.isUnresolved { return nil }
        guard let bytes = SizeText.parse(scalar.text) else {
            if SizeText.isTooLarge(scalar.text) {
                sink.error(
                    .outOfRange, at: node.range,
                    "`\(key)` must be at most \(range.upperBound) bytes")
                return nil
            }
            sink.error(
                .invalidSize, at: node.range, "`\(key)` must be a size",
                suggestion: NumberAdvice.size(scalar.text) ?? NumberAdvice.plain(scalar.text)
                    ?? SizeText.advice)
            return nil
        }
        guard range.contains(bytes) else {
            sink.error(
                .outOfRange, at: node.range,
                "`\(key)` must be from \(range.lowerBound) to \(range.upperBound) bytes")
            return nil
        }
        warnOfOctal(scalar, key, at: node.range)
        return bytes
    }

    /// The value of a key that must be there.
    mutating func required(_ key: String, of fields: Fields) -> Node? {
        if let node = fields[key] { return node }
        missing(key, of: fields)
        return nil
    }

    /// Reports that a key is missing. What had a key without value was reported already.
    mutating func missing(_ key: String, of fields: Fields) {
        guard !fields.meantKeys.contains(key) else { return }
        sink.error(
            .missingKey, at: fields.range, "\(fields.section.place) needs `\(key)`")
    }
}

extension Node {
    /// Whether it is text with a reference that could not be resolved.
    var isUnresolved: Bool {
        guard case .scalar(let scalar) = kind else { return false }
        return scalar.isUnresolved
    }
}
