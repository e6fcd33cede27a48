/// A form of access lines of one's own: text with fields in braces, such as `{time} {client} {path}`.
package struct LogTemplate: Sendable {
    enum Piece {
        case literal([UInt8])
        case field(LogField)
    }

    let pieces: [Piece]

    /// - Throws: ``StartupError`` if a brace does not enclose a field. The compiler has checked that already.
    package init(_ text: String) throws(StartupError) {
        var pieces: [Piece] = []
        var rest = text[...]
        while let brace = rest.firstIndex(of: "{") {
            if brace > rest.startIndex { pieces.append(.literal(Array(rest[..<brace].utf8))) }
            let name = rest[rest.index(after: brace)...].prefix { $0 != "}" }
            guard name.endIndex < rest.endIndex, let field = LogField(rawValue: String(name)) else {
                throw StartupError("the log format has no field {\(name)}")
            }
            pieces.append(.field(field))
            rest = rest[rest.index(after: name.endIndex)...]
        }
        if !rest.isEmpty { pieces.append(.literal(Array(rest.utf8))) }
        self.pieces = pieces
    }
}
