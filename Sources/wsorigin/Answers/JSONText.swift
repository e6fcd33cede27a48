/// Writes JSON (RFC 8259).
enum JSONText {
    /// A string with its quotes. Bytes that are not UTF-8 become U+FFFD.
    static func string(_ bytes: some Collection<UInt8>) -> String {
        var text = "\""
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case _ where scalar.value < 0x20:
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        return text + "\""
    }

    /// An array of strings.
    static func strings(_ values: [[UInt8]]) -> String {
        "[" + values.map { string($0) }.joined(separator: ",") + "]"
    }
}
