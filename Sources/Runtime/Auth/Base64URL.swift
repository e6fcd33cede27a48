import RouteTable

/// The base64url alphabet of RFC 4648, 5, without padding, as RFC 7515, 2 has it.
enum Base64URL {
    /// Marks what is no digit.
    private static let none: UInt8 = 0xFF

    /// Appends the bytes that `text` stands for.
    ///
    /// Each sequence of bytes has one form only: padding, blanks, line ends and bits that are left
    /// over and not zero are refused, so that two texts never are the same token.
    ///
    /// - Returns: False if the text is not of that form. What was appended then is of no use.
    static func decode(_ text: RawSpan, into output: inout [UInt8]) -> Bool {
        // One digit alone holds no byte.
        guard text.byteCount % 4 != 1 else { return false }
        var bits: UInt32 = 0
        var bitCount: UInt32 = 0
        for index in 0..<text.byteCount {
            let value = value(of: text.octet(at: index))
            guard value != none else { return false }
            bits = bits &<< 6 | UInt32(value)
            bitCount += 6
            guard bitCount >= 8 else { continue }
            bitCount -= 8
            output.append(UInt8(truncatingIfNeeded: bits &>> bitCount))
            bits &= (1 &<< bitCount) &- 1
        }
        return bits == 0
    }

    @inline(always)
    private static func value(of digit: UInt8) -> UInt8 {
        switch digit {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit &- UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): digit &- UInt8(ascii: "a") &+ 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit &- UInt8(ascii: "0") &+ 52
        case UInt8(ascii: "-"): 62
        case UInt8(ascii: "_"): 63
        default: none
        }
    }
}
