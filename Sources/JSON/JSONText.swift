/// Writes JSON (RFC 8259) in the order in which it is told, so that equal input gives equal bytes.
package struct JSONText: Sendable {
    /// The text so far.
    package private(set) var text = ""
    /// Whether the innermost object or array has members, for each that is open.
    private var hasMembers: [Bool] = []
    /// Whether a key was written whose value is due.
    private var awaitsValue = false

    package init() {}

    /// A string, with everything escaped that must be (RFC 8259, section 7), and for the sake of terminals and scripts
    /// DEL, the C1 controls and the separators of lines.
    package mutating func string(_ value: String) {
        begin()
        text += "\""
        if !value.utf8.contains(where: Self.mayBeEscaped) {
            text += value
            text += "\""
            return
        }
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

    /// Whether `byte` is escaped, or begins a character that may be: C1 controls begin with C2, the separators with E2.
    private static func mayBeEscaped(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == 0x7F || byte == 0xC2 || byte == 0xE2
            || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    /// A whole number.
    package mutating func number(_ value: some BinaryInteger) {
        begin()
        text += String(value)
    }

    /// A number with one decimal, given in tenths.
    package mutating func tenths(_ value: Int) { decimal(value, places: 1) }

    /// A number with `places` decimals, given in units of the last one.
    package mutating func decimal(_ value: Int, places: Int) {
        precondition(value >= 0 && places > 0, "only shares and times are written with decimals")
        begin()
        let digits = String(value)
        let padded = String(repeating: "0", count: max(places + 1 - digits.count, 0)) + digits
        text += "\(padded.dropLast(places)).\(padded.suffix(places))"
    }

    /// `true` or `false`.
    package mutating func boolean(_ value: Bool) {
        begin()
        text += value ? "true" : "false"
    }

    /// `null`
    package mutating func null() {
        begin()
        text += "null"
    }

    /// An object whose members `body` writes with ``key(_:)`` and values.
    package mutating func object(_ body: (inout JSONText) -> Void) { enclose("{", "}", body) }

    /// An array whose elements `body` writes.
    package mutating func array(_ body: (inout JSONText) -> Void) { enclose("[", "]", body) }

    /// The key of the value that is written next.
    package mutating func key(_ name: String) {
        string(name)
        text += ":"
        awaitsValue = true
    }

    /// A member of an object: a string, or null where there is none.
    package mutating func member(_ name: String, _ value: String?) {
        key(name)
        if let value { string(value) } else { null() }
    }

    /// A member of an object: a number, or null where there is none.
    package mutating func member(_ name: String, _ value: (some BinaryInteger)?) {
        key(name)
        if let value { number(value) } else { null() }
    }

    /// A member of an object: an object whose members `body` writes.
    package mutating func member(_ name: String, _ body: (inout JSONText) -> Void) {
        key(name)
        object(body)
    }

    /// A member of an object: an array of objects, whose members `body` writes.
    package mutating func member<Element>(
        _ name: String, objects: [Element], _ body: (inout JSONText, Element) -> Void
    ) {
        key(name)
        array { json in
            for element in objects { json.object { body(&$0, element) } }
        }
    }

    /// A member of an object: a boolean.
    package mutating func member(_ name: String, _ value: Bool) {
        key(name)
        boolean(value)
    }

    /// A member of an object: an array of strings.
    package mutating func member(_ name: String, _ values: [String]) {
        key(name)
        array { json in
            for value in values { json.string(value) }
        }
    }

    private mutating func enclose(
        _ opening: String, _ closing: String, _ body: (inout JSONText) -> Void
    ) {
        open(opening)
        body(&self)
        close(closing)
    }

    /// Begins an object or array that is not written in one go: `{` or `[`.
    package mutating func open(_ bracket: String) {
        begin()
        text += bracket
        hasMembers.append(false)
    }

    /// Ends what ``open(_:)`` has begun.
    package mutating func close(_ bracket: String) {
        hasMembers.removeLast()
        text += bracket
    }

    /// Writes the comma that belongs before a value or key.
    private mutating func begin() {
        if awaitsValue {
            awaitsValue = false
            return
        }
        guard let hasMember = hasMembers.last else { return }
        if hasMember { text += "," }
        hasMembers[hasMembers.count - 1] = true
    }
}
