/// Prints diagnostics for people: the place, the message, the line of the source and a row of carets.
///
///     routes.yaml:14:11: error: this path is already routed [WR012]
///     14 |     path: /chat/{room}
///        |           ^^^^^^^^^^^^
///     routes.yaml:6:11: note: first routed here
///      6 |     path: /chat/{id}
///        |           ^^^^^^^^^^
struct TextRenderer {
    let sources: SourceList

    func render(_ diagnostics: [Diagnostic]) -> String {
        var text = ""
        for diagnostic in diagnostics { append(diagnostic, to: &text) }
        return text
    }

    private func append(_ diagnostic: Diagnostic, to text: inout String) {
        let lines = [diagnostic.range.start.line] + diagnostic.notes.map(\.range.start.line)
        let gutterWidth = lines.map { String($0).utf8.count }.max() ?? 1
        let range = diagnostic.range
        let message = SafeText.oneLine(diagnostic.message)
        text += "\(place(range)): \(diagnostic.severity.rawValue): "
        text += "\(message) [\(diagnostic.code.rawValue)]\n"
        text += SourceSnippet(range, of: sources[range.file]).text(gutterWidth: gutterWidth)
        for note in diagnostic.notes {
            text += "\(place(note.range)): note: \(SafeText.oneLine(note.message))\n"
            let snippet = SourceSnippet(note.range, of: sources[note.range.file])
            text += snippet.text(gutterWidth: gutterWidth)
        }
        if let suggestion = diagnostic.suggestion {
            text += "help: \(SafeText.oneLine(suggestion))\n"
        }
    }

    private func place(_ range: SourceRange) -> String {
        let name = SafeText.oneLine(sources[range.file].name)
        return "\(name):\(range.start.line):\(range.start.column)"
    }
}
