/// The text of a scalar and what its spelling says about its type.
package struct Scalar: Sendable {
    /// The text with escapes, folding and environment variables resolved.
    package let text: String
    /// Whether the text may stand for a number, a boolean or nothing: it has no quotes, or what is in
    /// quotes came from the environment.
    package let isPlain: Bool
    /// Where the text begins, in bytes from the start of the node, if the source spells it exactly so on
    /// one line.
    package let verbatimOffset: Int?
    /// Whether a reference to the environment in it could not be resolved. That was reported, so the text,
    /// which still has the reference, is not worth a second message.
    package let isUnresolved: Bool

    package init(
        text: String, isPlain: Bool, verbatimOffset: Int? = nil, isUnresolved: Bool = false
    ) {
        self.text = text
        self.isPlain = isPlain
        self.verbatimOffset = verbatimOffset
        self.isUnresolved = isUnresolved
    }
}

extension Scalar {
    /// Whether it stands for nothing.
    package var isNull: Bool {
        guard isPlain, text.utf8.count <= 4 else { return false }
        return switch text {
        case "", "~", "null", "Null", "NULL": true
        default: false
        }
    }

    /// Whether it is a boolean.
    package var isPlainBoolean: Bool { isPlain && (text == "true" || text == "false") }

    /// Whether it reads as a number.
    package var isNumber: Bool {
        guard isPlain, !text.isEmpty else { return false }
        var digitCount = 0
        var pointCount = 0
        for (index, byte) in text.utf8.enumerated() {
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digitCount += 1
            case UInt8(ascii: "."): pointCount += 1
            case UInt8(ascii: "-"), UInt8(ascii: "+"): if index > 0 { return false }
            default: return false
            }
        }
        return digitCount > 0 && pointCount <= 1
    }

    /// What it is, for a message.
    package var description: String {
        if isNull { return "nothing" }
        if isNumber { return "a number" }
        if isPlainBoolean { return "a boolean" }
        return "text"
    }
}
