import TableFormat

/// Client addresses as messages show them.
enum AddressShown {
    static func text(_ address: UInt128) -> String {
        if address >> 32 == 0xFFFF {
            let parts = [24, 16, 8, 0].map { String(UInt8(truncatingIfNeeded: address >> $0)) }
            return parts.joined(separator: ".")
        }
        let bytes = (0..<16).map { UInt8(truncatingIfNeeded: address >> UInt128(120 - 8 * $0)) }
        let groups = (0..<8).map { UInt16(bytes[2 * $0]) << 8 | UInt16(bytes[2 * $0 + 1]) }
        // Two groups of zeros at the end are by far the most usual: `2001:db8::`.
        let kept = groups.lastIndex { $0 != 0 }.map { $0 + 1 } ?? 0
        guard kept < 7 else {
            return groups.map { String($0, radix: 16) }.joined(separator: ":")
        }
        return groups.prefix(kept).map { String($0, radix: 16) }.joined(separator: ":") + "::"
    }
}
