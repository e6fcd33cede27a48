import JSON

/// Prints one SARIF 2.1.0 document (OASIS), for code scanning.
struct SARIFRenderer {
    let sources: SourceList

    func render(_ diagnostics: [Diagnostic]) -> String {
        var json = JSONText()
        json.object { json in
            json.member("$schema", "https://json.schemastore.org/sarif-2.1.0.json")
            json.member("version", "2.1.0")
            json.member("runs", objects: [diagnostics]) { json, diagnostics in
                appendTool(of: diagnostics, to: &json)
                // Section 3.14.17: columns count UTF-16 units or code points, never bytes.
                json.member("columnKind", "unicodeCodePoints")
                json.member("results", objects: diagnostics) { append($1, to: &$0) }
            }
        }
        return json.text + "\n"
    }

    private func appendTool(of diagnostics: [Diagnostic], to json: inout JSONText) {
        let used = DiagnosticCode.allCases.filter { code in
            diagnostics.contains { $0.code == code }
        }
        json.member("tool") { json in
            json.member("driver") { json in
                json.member("name", "wsroute")
                json.member("rules", objects: used) { json, code in
                    json.member("id", code.rawValue)
                    appendText("shortDescription", code.title, to: &json)
                }
            }
        }
    }

    /// The members of a result.
    private func append(_ diagnostic: Diagnostic, to json: inout JSONText) {
        var message = diagnostic.message
        if let suggestion = diagnostic.suggestion { message += ". \(suggestion)" }
        json.member("ruleId", diagnostic.code.rawValue)
        json.member("level", diagnostic.severity.rawValue)
        appendText("message", message, to: &json)
        json.member("locations", objects: [diagnostic.range]) { appendLocation($1, to: &$0) }
        guard !diagnostic.notes.isEmpty else { return }
        json.member("relatedLocations", objects: diagnostic.notes) { json, note in
            appendLocation(note.range, to: &json)
            appendText("message", note.message, to: &json)
        }
    }

    private func appendText(_ key: String, _ text: String, to json: inout JSONText) {
        json.member(key) { $0.member("text", text) }
    }

    private func appendLocation(_ range: SourceRange, to json: inout JSONText) {
        let source = sources[range.file]
        json.member("physicalLocation") { json in
            json.member("artifactLocation") { $0.member("uri", Self.uri(for: source.name)) }
            json.member("region") { json in
                json.member("startLine", range.start.line)
                json.member("startColumn", Self.scalarColumn(of: range.start, in: source))
                json.member("endLine", range.end.line)
                json.member("endColumn", Self.scalarColumn(of: range.end, in: source))
            }
        }
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
