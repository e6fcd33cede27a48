/// Text of a file as it may be shown on a terminal.
enum SafeText {
    /// Most characters of a message that are shown; it may quote a name of any length.
    private static let scalarCountMax = 600

    /// `text` with every control and every invisible direction mark replaced, so that a configuration can
    /// neither end the line nor colour, move or reorder what is shown.
    static func oneLine(_ text: String) -> String {
        var result = String.UnicodeScalarView()
        for scalar in text.unicodeScalars {
            guard result.count < scalarCountMax else { return String(result) + "…" }
            result.append(shown(scalar))
        }
        return String(result)
    }

    /// The scalar itself, or what stands for it.
    static func shown(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar.value {
        case 0x09: " "
        case 0..<0x20, 0x7F...0x9F, 0x2028, 0x2029, 0x200E, 0x200F, 0x202A...0x202E,
            0x2066...0x2069, 0xFEFF:
            "\u{FFFD}"
        default: scalar
        }
    }

    /// Columns that a scalar takes on a terminal.
    static func columnCount(of scalar: Unicode.Scalar) -> Int {
        switch scalar.value {
        case 0x300...0x36F, 0x200B...0x200D, 0xFE00...0xFE0F: 0
        case 0x1100...0x115F, 0x2E80...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F900...0x1F9FF,
            0x20000...0x3FFFD:
            2
        default: 1
        }
    }
}
