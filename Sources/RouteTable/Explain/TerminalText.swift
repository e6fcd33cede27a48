/// Text that may be shown on a terminal, whoever wrote the table or the request.
package enum TerminalText {
    /// The text with control characters other than the newline written as `\u{1b}`.
    package static func safe(_ text: String) -> String {
        let isSafe = text.unicodeScalars.allSatisfy { !isControl($0) }
        if isSafe { return text }
        var result = ""
        for scalar in text.unicodeScalars {
            if isControl(scalar) {
                result += "\\u{" + String(scalar.value, radix: 16) + "}"
            } else {
                result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    private static func isControl(_ scalar: Unicode.Scalar) -> Bool {
        scalar != "\n" && (scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value))
    }
}
