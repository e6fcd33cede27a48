/// IPv6 addresses as text. One address has one canonical spelling (RFC 5952, all groups in hex), so
/// that a host pattern and a request agree however the address was written.
public enum IPv6Text {
    /// The 16 bytes of an address in any spelling of RFC 4291, 2.2, or nil. No zone, no brackets.
    public static func parse(_ text: [UInt8]) -> [UInt8]? {
        var head: [UInt8] = []
        var tail: [UInt8] = []
        var hasGap = false
        var index = 0
        if text.starts(with: [0x3A, 0x3A]) {
            hasGap = true
            index = 2
        }
        while index < text.count {
            guard let group = nextGroup(text, &index) else { return nil }
            if hasGap { tail += group } else { head += group }
            if index == text.count { break }
            guard group.count == 2, text[index] == 0x3A else { return nil }
            index += 1
            if index < text.count, text[index] == 0x3A {
                guard !hasGap else { return nil }
                hasGap = true
                index += 1
            } else if index == text.count {
                return nil
            }
        }
        let byteCount = head.count + tail.count
        guard hasGap ? byteCount <= 14 : byteCount == 16 else { return nil }
        return head + [UInt8](repeating: 0, count: 16 - byteCount) + tail
    }

    /// One to four hex digits, or a dotted IPv4 address at the end.
    private static func nextGroup(_ text: [UInt8], _ index: inout Int) -> [UInt8]? {
        let end = text[index...].firstIndex(of: 0x3A) ?? text.count
        let part = text[index..<end]
        index = end
        if part.contains(0x2E) {
            guard end == text.count else { return nil }
            return dottedQuad(part)
        }
        guard (1...4).contains(part.count) else { return nil }
        var value: UInt16 = 0
        for byte in part {
            guard let digit = hexDigit(byte) else { return nil }
            value = value << 4 | UInt16(digit)
        }
        return [UInt8(value >> 8), UInt8(value & 0xFF)]
    }

    private static func dottedQuad(_ text: ArraySlice<UInt8>) -> [UInt8]? {
        let parts = text.split(separator: 0x2E, omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bytes: [UInt8] = []
        for part in parts {
            guard (1...3).contains(part.count), part.count == 1 || part.first != 0x30 else {
                return nil
            }
            var value = 0
            for byte in part {
                guard (0x30...0x39).contains(byte) else { return nil }
                value = value * 10 + Int(byte - 0x30)
            }
            guard value <= 255 else { return nil }
            bytes.append(UInt8(value))
        }
        return bytes
    }

    /// The value of a hex digit, or nil.
    @inlinable
    public static func hexDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x37
        case 0x61...0x66: byte - 0x57
        default: nil
        }
    }

    /// The canonical spelling of 16 bytes, without brackets.
    public static func text(of address: [UInt8]) -> [UInt8] {
        precondition(address.count == 16, "an IPv6 address has sixteen bytes")
        let groups = (0..<8).map { UInt16(address[2 * $0]) << 8 | UInt16(address[2 * $0 + 1]) }
        let gap = longestZeroRun(groups)
        var text: [UInt8] = []
        var index = 0
        while index < 8 {
            if index == gap.lowerBound, !gap.isEmpty {
                text += [0x3A, 0x3A]
                index = gap.upperBound
                continue
            }
            if index > 0, index != gap.upperBound || gap.isEmpty { text.append(0x3A) }
            text += String(groups[index], radix: 16).utf8
            index += 1
        }
        return text
    }

    /// The first longest run of at least two zero groups.
    private static func longestZeroRun(_ groups: [UInt16]) -> Range<Int> {
        var best = 0..<0
        var index = 0
        while index < groups.count {
            var end = index
            while end < groups.count, groups[end] == 0 { end += 1 }
            if end - index >= 2, end - index > best.count { best = index..<end }
            index = max(end, index + 1)
        }
        return best
    }
}
