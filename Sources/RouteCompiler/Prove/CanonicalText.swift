import Validate

/// The literal text of a regex, compared with what canonical paths have. That of other patterns was checked when
/// it was read.
enum CanonicalText {
    /// Why no segment of a canonical path is `text`, or nil.
    static func fault(ofSegment text: [UInt8], isLast: Bool, keepsEncodedSlash: Bool) -> String? {
        let shown = String(decoding: text, as: UTF8.self)
        if text.isEmpty {
            return isLast ? nil : "no canonical path has two slashes in a row"
        }
        if text == Array(".".utf8) || text == Array("..".utf8) {
            return "no canonical path has the segment `\(shown)`"
        }
        if HiddenDots.areIn(text) {
            return "requests with the segment `\(shown)` are refused: a backend may take it for "
                + "`.` or `..`"
        }
        return fault(ofPart: text, mayEndInEscape: false, keepsEncodedSlash: keepsEncodedSlash)
    }

    /// Why no segment of a canonical path has `text` in it, or nil.
    ///
    /// - Parameter mayEndInEscape: What follows is not known, so an escape may be completed by it.
    static func fault(
        ofPart text: [UInt8], mayEndInEscape: Bool, keepsEncodedSlash: Bool
    ) -> String? {
        let shown = String(decoding: text, as: UTF8.self)
        var index = 0
        while index < text.count {
            let byte = text[index]
            if byte <= 0x20 || byte >= 0x7F || Array("\\#?".utf8).contains(byte) {
                return "no canonical path has the bytes `\(shown)`: they are percent-encoded"
            }
            guard byte == UInt8(ascii: "%") else {
                index += 1
                continue
            }
            if mayEndInEscape, index + 2 >= text.count,
                text[(index + 1)...].allSatisfy({ digit($0) != nil })
            {
                return nil
            }
            guard index + 2 < text.count, let high = digit(text[index + 1]),
                let low = digit(text[index + 2])
            else {
                return "no canonical path has `\(shown)`: escapes are two upper-case digits"
            }
            let value = high << 4 | low
            if isUnreserved(value) {
                return "no canonical path has `\(shown)`: needless escapes are decoded"
            }
            if value == 0 || (!keepsEncodedSlash && (value == 0x2F || value == 0x5C)) {
                return "requests with `\(shown)` are refused"
            }
            index += 3
        }
        return nil
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        default: nil
        }
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
        default: Array("-._~".utf8).contains(byte)
        }
    }
}
