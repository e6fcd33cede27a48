/// Checks one string of a JSON text and resolves its escapes in place.
struct JSONString {
    /// Where the string's own bytes begin and end once it is resolved.
    let start: Int
    private(set) var end: Int
    /// Where reading goes on; never before ``end``.
    private var offset: Int

    init(openingQuoteAt quote: Int) {
        start = quote + 1
        end = quote + 1
        offset = quote + 1
    }

    /// - Returns: The offset behind the closing quote.
    mutating func resolve(_ bytes: inout [UInt8]) throws(JSONFault) -> Int {
        while offset < bytes.count {
            let byte = bytes[offset]
            switch byte {
            case UInt8(ascii: "\""): return offset + 1
            case UInt8(ascii: "\\"): try resolveEscape(&bytes)
            case 0..<0x20: throw .malformed
            case 0x20..<0x80: put(byte, &bytes, from: 1)
            default: try copyCharacter(&bytes)
            }
        }
        throw .malformed
    }

    /// Writes a byte in place of `byteCount` that were read.
    private mutating func put(_ byte: UInt8, _ bytes: inout [UInt8], from byteCount: Int) {
        bytes[end] = byte
        end += 1
        offset += byteCount
    }

    private mutating func resolveEscape(_ bytes: inout [UInt8]) throws(JSONFault) {
        guard offset + 1 < bytes.count else { throw .malformed }
        switch bytes[offset + 1] {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"):
            put(bytes[offset + 1], &bytes, from: 2)
        case UInt8(ascii: "b"): put(0x08, &bytes, from: 2)
        case UInt8(ascii: "f"): put(0x0C, &bytes, from: 2)
        case UInt8(ascii: "n"): put(0x0A, &bytes, from: 2)
        case UInt8(ascii: "r"): put(0x0D, &bytes, from: 2)
        case UInt8(ascii: "t"): put(0x09, &bytes, from: 2)
        case UInt8(ascii: "u"): try resolveCodePoint(&bytes)
        default: throw .malformed
        }
    }

    /// `\uXXXX`, or two of them for a character outside the basic plane.
    private mutating func resolveCodePoint(_ bytes: inout [UInt8]) throws(JSONFault) {
        let first = try hexadecimal(bytes, at: offset + 2)
        offset += 6
        guard 0xD800..<0xE000 ~= first else { return put(codePoint: first, &bytes) }
        guard first < 0xDC00, offset + 1 < bytes.count, bytes[offset] == UInt8(ascii: "\\"),
            bytes[offset + 1] == UInt8(ascii: "u")
        else { throw .malformed }
        let second = try hexadecimal(bytes, at: offset + 2)
        guard 0xDC00..<0xE000 ~= second else { throw .malformed }
        offset += 6
        put(codePoint: 0x1_0000 + (first - 0xD800) << 10 + (second - 0xDC00), &bytes)
    }

    private func hexadecimal(_ bytes: [UInt8], at start: Int) throws(JSONFault) -> UInt32 {
        guard start + 4 <= bytes.count else { throw .malformed }
        var value: UInt32 = 0
        for index in start..<start + 4 {
            guard let digit = OctetClass.hexadecimalValue(bytes[index]) else { throw .malformed }
            value = value << 4 | UInt32(digit)
        }
        return value
    }

    /// The UTF-8 form is shorter than the escape that was read.
    private mutating func put(codePoint: UInt32, _ bytes: inout [UInt8]) {
        func piece(_ shift: UInt32, _ mark: UInt8) -> UInt8 {
            mark | UInt8(truncatingIfNeeded: codePoint &>> shift) & 0x3F
        }
        switch codePoint {
        case 0..<0x80: put(UInt8(codePoint), &bytes, from: 0)
        case 0x80..<0x800:
            put(0xC0 | UInt8(codePoint >> 6), &bytes, from: 0)
            put(piece(0, 0x80), &bytes, from: 0)
        case 0x800..<0x1_0000:
            put(0xE0 | UInt8(codePoint >> 12), &bytes, from: 0)
            put(piece(6, 0x80), &bytes, from: 0)
            put(piece(0, 0x80), &bytes, from: 0)
        default:
            put(0xF0 | UInt8(codePoint >> 18), &bytes, from: 0)
            put(piece(12, 0x80), &bytes, from: 0)
            put(piece(6, 0x80), &bytes, from: 0)
            put(piece(0, 0x80), &bytes, from: 0)
        }
    }

    /// A character of more than one byte (RFC 3629, 4): no overlong forms, no surrogates.
    private mutating func copyCharacter(_ bytes: inout [UInt8]) throws(JSONFault) {
        let first = bytes[offset]
        let followers: Int
        var second: ClosedRange<UInt8> = 0x80...0xBF
        switch first {
        case 0xC2...0xDF: followers = 1
        case 0xE0: (followers, second) = (2, 0xA0...0xBF)
        case 0xED: (followers, second) = (2, 0x80...0x9F)
        case 0xE1...0xEF: followers = 2
        case 0xF0: (followers, second) = (3, 0x90...0xBF)
        case 0xF1...0xF3: followers = 3
        case 0xF4: (followers, second) = (3, 0x80...0x8F)
        default: throw .notUTF8
        }
        guard offset + followers < bytes.count else { throw .notUTF8 }
        put(first, &bytes, from: 1)
        for index in 0..<followers {
            guard (index == 0 ? second : 0x80...0xBF) ~= bytes[offset] else { throw .notUTF8 }
            put(bytes[offset], &bytes, from: 1)
        }
    }
}
