/// Writes JSON into a string. Only what the renderers need; the caller keeps brackets in balance.
package struct JSONText: Sendable {
    /// What was written so far.
    package private(set) var text = ""
    private var needsComma = false

    package init() {}

    /// Opens an object; members follow.
    package mutating func beginObject() { open("{") }

    /// Closes the object opened last.
    package mutating func endObject() { close("}") }

    /// Opens an array; values follow.
    package mutating func beginArray() { open("[") }

    /// Closes the array opened last.
    package mutating func endArray() { close("]") }

    /// The name of a member; its value follows.
    package mutating func key(_ name: String) {
        separate()
        appendQuoted(name)
        text += ":"
        needsComma = false
    }

    /// A value that is text.
    package mutating func string(_ value: String) {
        separate()
        appendQuoted(value)
        needsComma = true
    }

    /// A value that is a number.
    package mutating func number(_ value: Int) {
        separate()
        text += String(value)
        needsComma = true
    }

    /// A value that is nothing.
    package mutating func null() {
        separate()
        text += "null"
        needsComma = true
    }

    /// A member whose value is text.
    package mutating func member(_ name: String, _ value: String) {
        key(name)
        string(value)
    }

    /// A member whose value is a number.
    package mutating func member(_ name: String, _ value: Int) {
        key(name)
        number(value)
    }

    private mutating func open(_ bracket: String) {
        separate()
        text += bracket
        needsComma = false
    }

    private mutating func close(_ bracket: String) {
        text += bracket
        needsComma = true
    }

    private mutating func separate() {
        if needsComma { text += "," }
        needsComma = false
    }

    /// Escapes what RFC 8259 section 7 demands, and DEL and the C1 controls for the sake of terminals.
    private mutating func appendQuoted(_ value: String) {
        text += "\""
        for scalar in value.unicodeScalars {
            switch scalar {
            case "\"": text += "\\\""
            case "\\": text += "\\\\"
            case "\n": text += "\\n"
            case "\r": text += "\\r"
            case "\t": text += "\\t"
            case "\u{0}"..."\u{1F}", "\u{7F}"..."\u{9F}", "\u{2028}", "\u{2029}":
                let digits = String(scalar.value, radix: 16)
                text += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: text.unicodeScalars.append(scalar)
            }
        }
        text += "\""
    }
}
