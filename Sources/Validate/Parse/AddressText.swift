/// Reads and writes IP addresses (RFC 4291 section 2.2, RFC 5952) and ranges (RFC 4632).
enum AddressText {
    /// Four bytes in network order, or nil. Leading zeros are refused: some programs read them as octal.
    static func ipv4(_ text: some StringProtocol) -> [UInt8]? {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bytes: [UInt8] = []
        for part in parts {
            guard (1...3).contains(part.count), part.allSatisfy({ (0x30...0x39).contains($0) }),
                part.count == 1 || part.first != UInt8(ascii: "0"),
                let byte = UInt8(String(decoding: part, as: UTF8.self))
            else { return nil }
            bytes.append(byte)
        }
        return bytes
    }

    /// Sixteen bytes in network order, or nil. No brackets, no zone.
    static func ipv6(_ text: some StringProtocol) -> [UInt8]? {
        guard text.utf8.count <= 45 else { return nil }
        let whole = String(text)
        var head: [UInt8] = []
        var tail: [UInt8] = []
        if let gap = doubleColon(in: whole) {
            let front = whole.utf8.prefix(gap)
            let back = whole.utf8.dropFirst(gap + 2)
            guard let first = groups(String(decoding: front, as: UTF8.self), mayEndInIPv4: false),
                let last = groups(String(decoding: back, as: UTF8.self), mayEndInIPv4: true),
                first.count + last.count <= 14
            else { return nil }
            head = first
            tail = last
        } else {
            guard let all = groups(whole, mayEndInIPv4: true), all.count == 16 else { return nil }
            head = all
        }
        return head + [UInt8](repeating: 0, count: 16 - head.count - tail.count) + tail
    }

    private static func doubleColon(in text: String) -> Int? {
        let bytes = Array(text.utf8)
        for index in bytes.indices.dropLast()
        where bytes[index] == UInt8(ascii: ":") && bytes[index + 1] == UInt8(ascii: ":") {
            return index
        }
        return nil
    }

    private static func groups(_ text: String, mayEndInIPv4: Bool) -> [UInt8]? {
        guard !text.isEmpty else { return [] }
        var bytes: [UInt8] = []
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        for (index, part) in parts.enumerated() {
            if index == parts.count - 1, mayEndInIPv4, let last = ipv4(part) {
                bytes += last
                continue
            }
            guard (1...4).contains(part.utf8.count), part.utf8.allSatisfy(isHexDigit),
                let group = UInt16(part, radix: 16)
            else { return nil }
            bytes += [UInt8(group >> 8), UInt8(group & 0xFF)]
        }
        return bytes.count <= 16 ? bytes : nil
    }

    private static func isHexDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x46, 0x61...0x66: true
        default: false
        }
    }

    /// The one text of an IPv6 address that RFC 5952 section 4 calls canonical.
    ///
    /// - Precondition: Sixteen bytes.
    static func canonicalIPv6(_ bytes: [UInt8]) -> String {
        precondition(bytes.count == 16, "an IPv6 address has sixteen bytes")
        let groups = (0..<8).map { UInt16(bytes[2 * $0]) << 8 | UInt16(bytes[2 * $0 + 1]) }
        var longest = 0..<0
        var index = 0
        while index < 8 {
            let run = groups[index...].prefix { $0 == 0 }.count
            if run > longest.count, run > 1 { longest = index..<(index + run) }
            index += max(run, 1)
        }
        func text(_ part: ArraySlice<UInt16>) -> String {
            part.map { String($0, radix: 16) }.joined(separator: ":")
        }
        guard !longest.isEmpty else { return text(groups[...]) }
        return text(groups[..<longest.lowerBound]) + "::" + text(groups[longest.upperBound...])
    }

    /// A range such as `10.0.0.0/8`, `::1` or `fd00::/8`.
    ///
    /// - Returns: The range with the bits behind the prefix cleared, and whether any were set.
    static func range(_ text: String) -> (range: AddressRange, hasIgnoredBits: Bool)? {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard let first = parts.first, parts.count <= 2 else { return nil }
        let bytes: [UInt8]
        let prefixStart: Int
        if let four = ipv4(first) {
            bytes = [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF] + four
            prefixStart = 96
        } else if let sixteen = ipv6(first) {
            bytes = sixteen
            prefixStart = 0
        } else {
            return nil
        }
        var prefixLength = 128
        if parts.count == 2 {
            guard parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                let length = Int(parts[1]),
                length <= 128 - prefixStart
            else { return nil }
            prefixLength = length + prefixStart
        }
        let masked = bytes.enumerated().map { index, byte in
            let keptBits = max(0, min(8, prefixLength - 8 * index))
            return byte & UInt8(truncatingIfNeeded: 0xFF00 >> keptBits)
        }
        return (AddressRange(address: masked, prefixLength: prefixLength), masked != bytes)
    }
}
