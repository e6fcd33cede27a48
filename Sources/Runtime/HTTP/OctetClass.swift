/// The character classes of RFC 9110 and RFC 3986 as tables of 128 bits. Bytes above are in no
/// class.
enum OctetClass {
    static let carriageReturn: UInt8 = 0x0D
    static let lineFeed: UInt8 = 0x0A
    static let tab: UInt8 = 0x09
    static let space: UInt8 = 0x20

    /// `tchar` (RFC 9110, 5.6.2).
    @inline(always)
    static func isToken(_ byte: UInt8) -> Bool {
        contains(byte, 0x03FF_6CFA_0000_0000, 0x57FF_FFFF_C7FF_FFFE)
    }

    /// What a request target may consist of: visible ASCII without `#`.
    ///
    /// More than RFC 3986 allows in a path; the canonical form of a path refuses the rest.
    @inline(always)
    static func isTarget(_ byte: UInt8) -> Bool {
        contains(byte, 0xFFFF_FFF6_0000_0000, 0x7FFF_FFFF_FFFF_FFFF)
    }

    /// `reg-name` (RFC 3986, 3.2.2) without the comma: a host with one is two that were merged.
    @inline(always)
    static func isRegisteredName(_ byte: UInt8) -> Bool {
        contains(byte, 0x2BFF_6FF2_0000_0000, 0x47FF_FFFE_87FF_FFFE)
    }

    /// What stands between the brackets of an IPv6 literal, without a zone.
    @inline(always)
    static func isAddressLiteral(_ byte: UInt8) -> Bool {
        contains(byte, 0x07FF_4000_0000_0000, 0x0000_007E_0000_007E)
    }

    /// The base64 alphabet (RFC 4648, 4) without the padding.
    @inline(always)
    static func isBase64(_ byte: UInt8) -> Bool {
        contains(byte, 0x03FF_8800_0000_0000, 0x07FF_FFFE_07FF_FFFE)
    }

    /// What a request identifier of a client may consist of: letters, digits and `-._~+/=:@`.
    @inline(always)
    static func isIdentifier(_ byte: UInt8) -> Bool {
        contains(byte, 0x27FF_E800_0000_0000, 0x47FF_FFFE_87FF_FFFF)
    }

    /// `SP` or `HTAB`.
    @inline(always)
    static func isBlank(_ byte: UInt8) -> Bool { byte == space || byte == tab }

    /// Whether a byte may stand in a field value: not a control, tabs excepted (RFC 9110, 5.5).
    @inline(always)
    static func isFieldContent(_ byte: UInt8) -> Bool {
        byte >= space ? byte != 0x7F : byte == tab
    }

    @inline(always)
    static func isDigit(_ byte: UInt8) -> Bool { byte &- 0x30 < 10 }

    @inline(always)
    static func lowercased(_ byte: UInt8) -> UInt8 {
        byte &- 0x41 < 26 ? byte | 0x20 : byte
    }

    /// The value of a hexadecimal digit, or `nil`.
    @inline(always)
    static func hexadecimalValue(_ byte: UInt8) -> UInt8? {
        if isDigit(byte) { return byte &- 0x30 }
        let letter = (byte | 0x20) &- 0x61
        return letter < 6 ? letter &+ 10 : nil
    }

    @inline(always)
    private static func contains(_ byte: UInt8, _ low: UInt64, _ high: UInt64) -> Bool {
        let bits = byte & 0x40 == 0 ? low : high
        return byte < 0x80 && (bits &>> UInt64(byte & 0x3F)) & 1 != 0
    }
}
