import Diagnostics

/// Checks the bytes of a file before libyaml sees them, so that every fault has a place and a plain sentence.
enum TextCheck {
    /// The first byte that is not part of well-formed UTF-8 (RFC 3629), or nil.
    static func firstInvalidOffset(in bytes: [UInt8]) -> Int? {
        var index = 0
        while index < bytes.count {
            let lead = bytes[index]
            if lead < 0x80 {
                index += 1
                continue
            }
            guard let (length, second) = sequence(after: lead) else { return index }
            guard index + length <= bytes.count, second.contains(bytes[index + 1]) else {
                return index
            }
            for offset in 2..<max(2, length) where bytes[index + offset] & 0xC0 != 0x80 {
                return index
            }
            index += length
        }
        return nil
    }

    /// Length of the sequence that a lead byte begins and what its second byte may be.
    private static func sequence(after lead: UInt8) -> (length: Int, second: ClosedRange<UInt8>)? {
        switch lead {
        case 0xC2...0xDF: (2, 0x80...0xBF)
        case 0xE0: (3, 0xA0...0xBF)
        case 0xED: (3, 0x80...0x9F)
        case 0xE1...0xEF: (3, 0x80...0xBF)
        case 0xF0: (4, 0x90...0xBF)
        case 0xF1...0xF3: (4, 0x80...0xBF)
        case 0xF4: (4, 0x80...0x8F)
        default: nil
        }
    }

    /// The first character that YAML 1.1 section 5.1 does not allow: its place in the slice's array.
    ///
    /// - Precondition: The bytes are well-formed UTF-8, without the byte order mark at the start.
    static func firstForbiddenCharacter(in bytes: ArraySlice<UInt8>) -> Range<Int>? {
        for index in bytes.indices {
            switch bytes[index] {
            case 0x09, 0x0A, 0x0D, 0x20...0x7E, 0x80...0xC1: continue
            case 0x00...0x1F, 0x7F: return index..<(index + 1)
            case 0xC2:
                // U+0080 to U+009F, of which U+0085 is a line break.
                if bytes[index + 1] < 0xA0, bytes[index + 1] != 0x85 { return index..<(index + 2) }
            case 0xEF:
                // U+FEFF inside the text, and the noncharacters U+FFFE and U+FFFF.
                let isMark = bytes[index + 1] == 0xBB && bytes[index + 2] == 0xBF
                let isNoncharacter = bytes[index + 1] == 0xBF && bytes[index + 2] >= 0xBE
                if isMark || isNoncharacter { return index..<(index + 3) }
            default: continue
            }
        }
        return nil
    }
}
