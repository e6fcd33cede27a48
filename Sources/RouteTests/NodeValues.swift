import Diagnostics
import RouteSyntax

/// Readers of single values of a tree. Each reports what is wrong and then gives nil.
struct NodeValues {
    var sink: DiagnosticSink

    init(sink: DiagnosticSink) { self.sink = sink }

    /// The entries of a map, each key one of `keys` and with a value.
    mutating func fields(of node: Node, in place: String, keys: [String]) -> NodeFields? {
        guard case .mapping(let entries) = node.kind else {
            wrongType(node, "\(place) must be a map")
            return nil
        }
        var fields = NodeFields(range: node.range)
        for entry in entries {
            let key = entry.key.text
            if !keys.contains(key) {
                let nearest = DidYouMean.nearest(to: key, among: keys)
                if let nearest { fields.meantKeys.append(nearest) }
                let list = keys.map { "`\($0)`" }.joined(separator: ", ")
                sink.error(
                    .unknownKey, at: entry.keyRange, "`\(key)` is not a key of \(place)",
                    suggestion: nearest.map { "did you mean `\($0)`?" } ?? "one of \(list)")
            } else if entry.value.isNull {
                fields.meantKeys.append(key)
                sink.error(
                    .missingValue, at: entry.keyRange, "`\(key)` has no value",
                    suggestion: "give it one, or remove the key")
            } else {
                fields.values[key] = entry.value
            }
        }
        return fields
    }

    /// The value of a key that must be there.
    mutating func required(_ key: String, of fields: NodeFields, in place: String) -> Node? {
        if let node = fields[key] { return node }
        if !fields.meantKeys.contains(key) {
            sink.error(.missingKey, at: fields.range, "\(place) needs `\(key)`")
        }
        return nil
    }

    mutating func error(
        _ code: DiagnosticCode, _ node: Node, _ message: String, suggestion: String? = nil
    ) {
        sink.error(code, at: node.range, message, suggestion: suggestion)
    }

    mutating func wrongType(_ node: Node, _ demand: String, suggestion: String? = nil) {
        error(
            .wrongType, node, "\(demand), but this is \(node.description)", suggestion: suggestion)
    }

    mutating func list(_ node: Node, _ key: String) -> [Node]? {
        guard case .sequence(let items) = node.kind else {
            wrongType(node, "`\(key)` must be a list")
            return nil
        }
        return items
    }

    /// Text of one line. Numbers are taken as they are written; `true`, `null` and the like are not.
    mutating func text(_ node: Node, _ key: String, allowsEmpty: Bool = false) -> String? {
        guard case .scalar(let scalar) = node.kind else {
            wrongType(node, "`\(key)` must be text", suggestion: "put text in quotes")
            return nil
        }
        if scalar.isUnresolved { return nil }
        let isWord = scalar.isPlain && ["true", "false"].contains(scalar.text)
        if scalar.isNull || isWord {
            wrongType(
                node, "`\(key)` must be text",
                suggestion: scalar.text.isEmpty ? nil : "put it in quotes: \"\(scalar.text)\"")
            return nil
        }
        if scalar.text.isEmpty, !allowsEmpty {
            error(.emptyValue, node, "`\(key)` is empty")
            return nil
        }
        if scalar.text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) {
            error(
                .invalidText, node,
                "`\(key)` has a line break or another control character in it",
                suggestion: "write it on one line")
            return nil
        }
        return scalar.text
    }

    mutating func boolean(_ node: Node, _ key: String) -> Bool? {
        if case .scalar(let scalar) = node.kind {
            if scalar.isUnresolved { return nil }
            if scalar.isPlain, scalar.text == "true" { return true }
            if scalar.isPlain, scalar.text == "false" { return false }
        }
        error(
            .invalidBoolean, node, "`\(key)` must be true or false, but this is \(node.description)"
        )
        return nil
    }

    mutating func integer(_ node: Node, _ key: String, _ range: ClosedRange<Int>) -> Int? {
        guard case .scalar(let scalar) = node.kind, scalar.isPlain, scalar.isNumber else {
            if case .scalar(let scalar) = node.kind, scalar.isUnresolved { return nil }
            wrongType(node, "`\(key)` must be a whole number")
            return nil
        }
        guard let value = Int(scalar.text), range.contains(value) else {
            error(
                .outOfRange, node,
                "`\(key)` must be a whole number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return value
    }
}
