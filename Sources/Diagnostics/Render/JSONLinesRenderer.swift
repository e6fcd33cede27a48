import JSON

/// Prints one JSON object for each diagnostic, one a line. Columns count UTF-8 bytes from 1.
struct JSONLinesRenderer {
    let sources: SourceList

    func render(_ diagnostics: [Diagnostic]) -> String {
        diagnostics.map { object(for: $0) + "\n" }.joined()
    }

    private func object(for diagnostic: Diagnostic) -> String {
        var json = JSONText()
        json.object { json in
            appendPlace(diagnostic.range, to: &json)
            json.member("severity", diagnostic.severity.rawValue)
            json.member("code", diagnostic.code.rawValue)
            json.member("message", diagnostic.message)
            json.member("notes", objects: diagnostic.notes) { json, note in
                appendPlace(note.range, to: &json)
                json.member("message", note.message)
            }
            json.member("suggestion", diagnostic.suggestion)
        }
        return json.text
    }

    private func appendPlace(_ range: SourceRange, to json: inout JSONText) {
        json.member("file", sources[range.file].name)
        json.member("line", range.start.line)
        json.member("column", range.start.column)
        json.member("end_line", range.end.line)
        json.member("end_column", range.end.column)
    }
}
