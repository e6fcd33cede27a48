import RouteTable

/// Compares what a browser says of a page's origin with the origins that are allowed.
package enum OriginMatch {
    /// Whether an allowed origin is the page's: the same text, or `https://*.example.com` for any name below
    /// that one. Case does not count.
    package static func holds(_ allowed: RawSpan, _ origin: RawSpan) -> Bool {
        var star = 0
        while star < allowed.byteCount, allowed.octet(at: star) != UInt8(ascii: "*") { star += 1 }
        guard star < allowed.byteCount else { return isEqual(allowed, origin) }
        let suffixCount = allowed.byteCount - star - 1
        guard origin.byteCount > star + suffixCount else { return false }
        let names = star..<origin.byteCount - suffixCount
        for offset in names where !isHostByte(origin.octet(at: offset)) { return false }
        return isEqual(allowed.extracting(0..<star), origin.extracting(0..<star))
            && isEqual(
                allowed.extracting(star + 1..<allowed.byteCount),
                origin.extracting(names.upperBound..<origin.byteCount))
    }

    private static func isEqual(_ left: RawSpan, _ right: RawSpan) -> Bool {
        guard left.byteCount == right.byteCount else { return false }
        for offset in 0..<left.byteCount
        where OctetClass.lowercased(left.octet(at: offset))
            != OctetClass.lowercased(right.octet(at: offset))
        {
            return false
        }
        return true
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch OctetClass.lowercased(byte) {
        case 0x30...0x39, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): true
        default: false
        }
    }
}
