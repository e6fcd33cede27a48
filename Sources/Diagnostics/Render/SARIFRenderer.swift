/// Prints one SARIF 2.1.0 document (OASIS), for code scanning.
struct SARIFRenderer {
    let sources: SourceList

    func render(_ diagnostics: [Diagnostic]) -> String {
        var json = JSONText()
        json.beginObject()
        json.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
        json.member("version", "2.1.0")
        json.key("runs")
        json.beginArray()
        json.beginObject()
        appendTool(of: diagnostics, to: &json)
        // Section 3.14.17: columns count UTF-16 units or code points, never bytes.
        json.member("columnKind", "unicodeCodePoints")
        json.key("results")
        json.beginArray()
        for diagnostic in diagnostics { append(diagnostic, to: &json) }
        json.endArray()
        json.endObject()
        json.endArray()
        json.endObject()
        return json.text + "\n"
    }

    private func appendTool(of diagnostics: [Diagnostic], to json: inout JSONText) {
        let used = DiagnosticCode.allCases.filter { code in
            diagnostics.contains { $0.code == code }
        }
        json.key("tool")
        json.beginObject()
        json.key("driver")
        json.beginObject()
        json.member("name", "wsroute")
        json.key("rules")
        json.beginArray()
        for code in used {
            json.beginObject()
            json.member("id", code.rawValue)
            appendText("shortDescription", code.title, to: &json)
            json.endObject()
        }
        json.endArray()
        json.endObject()
        json.endObject()
    }

    private func append(_ diagnostic: Diagnostic, to json: inout JSONText) {
        var message = diagnostic.message
        if let suggestion = diagnostic.suggestion { message += ". \(suggestion)" }
        json.beginObject()
        json.member("ruleId", diagnostic.code.rawValue)
        json.member("level", diagnostic.severity.rawValue)
        appendText("message", message, to: &json)
        json.key("locations")
        json.beginArray()
        json.beginObject()
        appendLocation(diagnostic.range, to: &json)
        json.endObject()
        json.endArray()
        if !diagnostic.notes.isEmpty {
            json.key("relatedLocations")
            json.beginArray()
            for note in diagnostic.notes {
                json.beginObject()
                appendLocation(note.range, to: &json)
                appendText("message", note.message, to: &json)
                json.endObject()
            }
            json.endArray()
        }
        json.endObject()
    }

    private func appendText(_ key: String, _ text: String, to json: inout JSONText) {
        json.key(key)
        json.beginObject()
        json.member("text", text)
        json.endObject()
    }

    private func appendLocation(_ range: SourceRange, to json: inout JSONText) {
        let source = sources[range.file]
        json.key("physicalLocation")
        json.beginObject()
        json.key("artifactLocation")
        json.beginObject()
        json.member("uri", Self.uri(for: source.name))
        json.endObject()
        json.key("region")
        json.beginObject()
        json.member("startLine", range.start.line)
        json.member("startColumn", Self.scalarColumn(of: range.start, in: source))
        json.member("endLine", range.end.line)
        json.member("endColumn", Self.scalarColumn(of: range.end, in: source))
        json.endObject()
        json.endObject()
    }

    private static func scalarColumn(of position: SourcePosition, in source: SourceText) -> Int {
        let before = source.line(position.line).prefix(position.column - 1)
        return before.count { $0 & 0xC0 != 0x80 } + 1
    }

    /// The path with everything escaped that RFC 3986 section 3.3 does not allow in one.
    private static func uri(for path: String) -> String {
        let hexDigits = Array("0123456789ABCDEF".unicodeScalars)
        var result = ""
        for byte in path.utf8 {
            let scalar = Unicode.Scalar(byte)
            let isPlain =
                byte < 0x80
                && (scalar.properties.isAlphabetic || (0x30...0x39).contains(byte)
                    || "-._~/!$&'()*+,;=@".unicodeScalars.contains(scalar))
            if isPlain {
                result.unicodeScalars.append(scalar)
            } else {
                result += "%"
                result.unicodeScalars.append(hexDigits[Int(byte >> 4)])
                result.unicodeScalars.append(hexDigits[Int(byte & 15)])
            }
        }
        return result
    }
}
