/// Prints workflow commands that GitHub turns into annotations of the changed lines.
struct GitHubRenderer {
    let sources: SourceList

    func render(_ diagnostics: [Diagnostic]) -> String {
        diagnostics.map(command).joined()
    }

    private func command(for diagnostic: Diagnostic) -> String {
        let word = diagnostic.severity == .note ? "notice" : diagnostic.severity.rawValue
        let range = diagnostic.range
        var properties = "file=\(escaped(sources[range.file].name, isProperty: true))"
        properties += ",line=\(range.start.line),endLine=\(range.end.line)"
        // GitHub ignores columns of a range of several lines.
        if range.start.line == range.end.line {
            properties += ",col=\(range.start.column),endColumn=\(range.end.column)"
        }
        properties += ",title=\(diagnostic.code.rawValue)"
        var message = diagnostic.message
        for note in diagnostic.notes {
            let name = sources[note.range.file].name
            message += "\n\(name):\(note.range.start.line): \(note.message)"
        }
        if let suggestion = diagnostic.suggestion { message += "\nhelp: \(suggestion)" }
        return "::\(word) \(properties)::\(escaped(message, isProperty: false))\n"
    }

    private func escaped(_ text: String, isProperty: Bool) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "%": result += "%25"
            case "\r": result += "%0D"
            case "\n": result += "%0A"
            case ":" where isProperty: result += "%3A"
            case "," where isProperty: result += "%2C"
            default: result.unicodeScalars.append(SafeText.shown(scalar))
            }
        }
        return result
    }
}
