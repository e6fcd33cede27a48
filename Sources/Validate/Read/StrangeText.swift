import Diagnostics

/// Characters that look like others, or like nothing: what an editor, a chat or another keyboard has put into a file.
/// What is said of such text alone sounds wrong to whoever sees it.
enum StrangeText {
    /// What is about text that somebody has written.
    private static let codes: Set<DiagnosticCode> = [
        .unknownKey, .wrongType, .invalidBoolean, .invalidDuration, .invalidSize, .unknownWord,
        .unknownService, .unknownMiddleware, .unknownMiddlewareType, .unknownRoute, .invalidURL,
        .invalidAddress, .invalidHostPattern, .invalidPathPattern, .pathNotCanonical,
        .invalidTemplate, .invalidHeader, .invalidMethod, .invalidRewrite, .invalidYAML,
    ]
    private static let byteCountMax = 200

    /// The diagnostic, with advice about the first such character in the text that it is about.
    static func explain(_ diagnostic: Diagnostic, in sources: SourceList) -> Diagnostic {
        let range = diagnostic.range
        let byteCount = range.end.offset - range.start.offset
        guard codes.contains(diagnostic.code), (1...byteCountMax).contains(byteCount) else {
            return diagnostic
        }
        let bytes = sources[range.file].bytes
        guard range.end.offset <= bytes.count else { return diagnostic }
        let text = bytes[range.start.offset..<range.end.offset]
        guard text.contains(where: { $0 >= 0x80 }),
            let advice = advice(about: String(decoding: text, as: UTF8.self))
        else { return diagnostic }
        let more = diagnostic.suggestion.flatMap { suggestion in
            if suggestion.hasPrefix("did you mean") { return "; \(suggestion)" }
            // The pattern with such characters encoded; other advice would repeat them.
            let isPattern = diagnostic.code == .pathNotCanonical && suggestion.hasPrefix("write ")
            return isPattern ? "; if it is meant, \(suggestion)" : nil
        }
        return Diagnostic(
            code: diagnostic.code, severity: diagnostic.severity, range: range,
            message: diagnostic.message, notes: diagnostic.notes,
            suggestion: advice + (more ?? ""))
    }

    /// What is to be done about the first strange character of a text; nil where there is none.
    static func advice(about text: String) -> String? {
        let mayBeMixed = text.unicodeScalars.contains {
            ("a"..."z").contains($0) || ("A"..."Z").contains($0)
        }
        for scalar in text.unicodeScalars where scalar.value >= 0x80 {
            let name = "U+" + hexadecimal(scalar.value)
            switch scalar.value {
            case 0x2018...0x201F, 0xAB, 0xBB:
                return "`\(scalar)` is part of the text: quotes of YAML are `\"` and `'`"
            case 0xA0, 0x2000...0x200A, 0x202F, 0x205F, 0x3000:
                return "there is a space in it that is none to YAML (\(name)): type a plain one"
            // U+200C and U+200D join what they stand between: letters of some alphabets, parts of an emoji.
            case 0xAD, 0x200B, 0x200E...0x200F, 0x202A...0x202E, 0x2060...0x2069, 0xFEFF:
                return "there is a character in it that can't be seen (\(name)): delete it"
            case 0x2010...0x2015, 0x2212: return "`\(scalar)` (\(name)) is no `-`: type a plain one"
            case 0xFF01...0xFF5E:
                guard let plain = Unicode.Scalar(scalar.value - 0xFEE0) else { continue }
                return "`\(scalar)` (\(name)) only looks like `\(plain)`"
            default:
                // A word of another alphabet is a word; a letter of one among others is a slip.
                guard mayBeMixed, let plain = lookalikes[scalar] else { continue }
                return "`\(scalar)` (\(name)) only looks like `\(plain)`"
            }
        }
        return nil
    }

    private static func hexadecimal(_ value: UInt32) -> String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }

    /// Letters of the Cyrillic and Greek alphabets.
    private static let lookalikes: [Unicode.Scalar: Unicode.Scalar] = [
        "\u{430}": "a", "\u{435}": "e", "\u{43E}": "o", "\u{440}": "p", "\u{441}": "c",
        "\u{443}": "y", "\u{445}": "x", "\u{455}": "s", "\u{456}": "i", "\u{458}": "j",
        "\u{4BB}": "h", "\u{501}": "d", "\u{51B}": "q", "\u{51D}": "w", "\u{410}": "A",
        "\u{412}": "B", "\u{415}": "E", "\u{41A}": "K", "\u{41C}": "M", "\u{41D}": "H",
        "\u{41E}": "O", "\u{420}": "P", "\u{421}": "C", "\u{422}": "T", "\u{425}": "X",
        "\u{3B1}": "a", "\u{3B9}": "i", "\u{3BD}": "v", "\u{3BF}": "o", "\u{3C1}": "p",
        "\u{3C5}": "u", "\u{391}": "A", "\u{392}": "B", "\u{395}": "E", "\u{397}": "H",
        "\u{399}": "I", "\u{39A}": "K", "\u{39C}": "M", "\u{39D}": "N", "\u{39F}": "O",
        "\u{3A1}": "P", "\u{3A4}": "T", "\u{3A7}": "X",
    ]
}
