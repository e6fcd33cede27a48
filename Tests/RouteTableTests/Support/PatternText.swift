import Validate

/// Reads the patterns of the tests. Not the language's own reader: enough of it for plain cases.
enum PatternText {
    static func host(_ text: String) -> HostPattern {
        if text == "*" { return .any }
        if text.hasPrefix("~*") {
            return .regex(source: String(text.dropFirst(2)), ignoresCase: true)
        }
        if text.hasPrefix("~") {
            return .regex(source: String(text.dropFirst()), ignoresCase: false)
        }
        if text.hasPrefix("*.") {
            return .wildcard(suffix: String(text.dropFirst(2)), includesApex: false)
        }
        if text.hasPrefix(".") {
            return .wildcard(suffix: String(text.dropFirst()), includesApex: true)
        }
        return .exact(text)
    }

    static func path(_ text: String) -> PathPattern {
        if text.hasPrefix("~*") {
            return .regex(source: String(text.dropFirst(2)), ignoresCase: true)
        }
        if text.hasPrefix("~") {
            return .regex(source: String(text.dropFirst()), ignoresCase: false)
        }
        if text.hasPrefix("^") { return .regex(source: text, ignoresCase: false) }
        guard text.contains("*") || text.contains("{") else { return .exact(text) }
        var parts = text.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
            .map(String.init)
        var tail = PathTail.end
        if let last = parts.last, last == "*" || last.hasSuffix("...}") {
            tail = .subtree(
                name: last == "*" ? nil : String(last.dropFirst().dropLast(4)))
            parts.removeLast()
        }
        return .segments(parts.map(segment), tail: tail)
    }

    private static func segment(_ text: String) -> PathSegment {
        if text == "*" { return .wildcard(name: nil) }
        if text.hasPrefix("{"), text.hasSuffix("}") {
            return .wildcard(name: String(text.dropFirst().dropLast()))
        }
        guard text.contains("*") else { return .literal(text) }
        return .glob(text.split(separator: "*", omittingEmptySubsequences: false).map(String.init))
    }
}
