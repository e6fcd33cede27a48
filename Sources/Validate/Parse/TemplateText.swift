import Diagnostics

/// Reads text with placeholders.
struct TemplateText {
    /// What is wrong, as a whole sentence, with a place in bytes of the text.
    struct Fault: Error, Equatable {
        let isUnknownName: Bool
        let message: String
        let suggestion: String?
        let offsets: Range<Int>
    }

    /// Names that the route's and the host's pattern capture. They win over the built-in ones: whoever
    /// writes `/rest/{path...}` means that path.
    let captures: [String]
    /// `{host}`, `{path}` and `{query}`, as far as they make sense here.
    let builtins: KeyValuePairs<String, Template.Piece>
    /// Whether names come from the groups of a regex.
    var capturesComeFromRegex = false

    func parse(_ text: String) throws(Fault) -> Template {
        let bytes = Array(text.utf8)
        var pieces: [Template.Piece] = []
        var literal: [UInt8] = []
        var index = 0
        while index < bytes.count {
            guard bytes[index] == UInt8(ascii: "{") else {
                if bytes[index] == UInt8(ascii: "}") {
                    throw Fault(
                        isUnknownName: false, message: "`}` without `{`",
                        suggestion: "a literal brace is `%7B` or `%7D`",
                        offsets: index..<(index + 1))
                }
                literal.append(bytes[index])
                index += 1
                continue
            }
            guard let close = bytes[index...].firstIndex(of: UInt8(ascii: "}")) else {
                throw Fault(
                    isUnknownName: false, message: "the placeholder has no `}`",
                    suggestion: "a literal brace is `%7B` or `%7D`", offsets: index..<bytes.count)
            }
            let name = String(decoding: bytes[(index + 1)..<close], as: UTF8.self)
            let piece = try piece(named: name, at: index..<(close + 1))
            if !literal.isEmpty {
                pieces.append(.literal(String(decoding: literal, as: UTF8.self)))
            }
            literal = []
            pieces.append(piece)
            index = close + 1
        }
        if !literal.isEmpty { pieces.append(.literal(String(decoding: literal, as: UTF8.self))) }
        return Template(pieces: pieces)
    }

    private func piece(named name: String, at offsets: Range<Int>) throws(Fault) -> Template.Piece {
        if captures.contains(name) { return .capture(name) }
        if let builtin = builtins.first(where: { $0.key == name }) { return builtin.value }
        let names = captures + builtins.map(\.key)
        let list = names.map { "`{\($0)}`" }.joined(separator: ", ")
        throw Fault(
            isUnknownName: true, message: "nothing fills `{\(name)}`",
            suggestion: nearest(to: name, among: names)
                ?? (captures.isEmpty ? naming(name) : "there is \(list)"),
            offsets: offsets)
    }

    private func naming(_ name: String) -> String {
        capturesComeFromRegex
            ? "name a group of the pattern: `(?<\(name)>[^/]+)`"
            : "name a segment of the pattern: `/{\(name)}`"
    }

    private func nearest(to name: String, among names: [String]) -> String? {
        DidYouMean.nearest(to: name, among: names).map { "did you mean `{\($0)}`?" }
    }
}
