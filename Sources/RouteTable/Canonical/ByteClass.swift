/// What the bytes of a path mean to the canonicaliser, as bit sets of the ASCII codes.
enum ByteClass {
    /// Whether `byte` may stand in a path as it is and means nothing special: everything visible but
    /// `%`, `/`, `\`, `#`, `?`.
    @inline(__always)
    static func isPlain(_ byte: UInt8) -> Bool { contains(byte, plainLow, plainHigh) }

    /// RFC 3986, 2.3: letters, digits, `-`, `.`, `_`, `~`.
    @inline(__always)
    static func isUnreserved(_ byte: UInt8) -> Bool {
        contains(byte, unreservedLow, unreservedHigh)
    }

    /// Lower-case letters, digits, `-`, `_`.
    @inline(__always)
    static func isHostByte(_ byte: UInt8) -> Bool { contains(byte, hostLow, hostHigh) }

    @inline(__always)
    private static func contains(_ byte: UInt8, _ low: UInt64, _ high: UInt64) -> Bool {
        guard byte < 128 else { return false }
        return (byte < 64 ? low : high) &>> UInt64(byte & 63) & 1 == 1
    }

    // Literals, so that no access has to ask whether a global is ready. A test holds them against the text.
    private static var plainLow: UInt64 { 0x7FFF_7FD6_0000_0000 }
    private static var plainHigh: UInt64 { 0x7FFF_FFFF_EFFF_FFFF }
    private static var unreservedLow: UInt64 { 0x03FF_6000_0000_0000 }
    private static var unreservedHigh: UInt64 { 0x47FF_FFFE_87FF_FFFE }
    private static var hostLow: UInt64 { 0x03FF_2000_0000_0000 }
    private static var hostHigh: UInt64 { 0x07FF_FFFE_8000_0000 }
}
