package import TestSupport

/// Turns a canonical path into another spelling of it, a neighbour of it, or an attack.
package enum PathVariant {
    package static func make(of path: String, _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = Array(path.utf8)
        guard random.once(in: 2) else { return bytes }
        for _ in 0..<random.number(1...2) { bytes = changed(bytes, &random) }
        return bytes
    }

    /// Another spelling of the same path: more escapes, other digits, dot segments that go nowhere.
    package static func respelling(of path: String, _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = Array(path.utf8)
        for _ in 0..<random.number(1...3) {
            switch random.number(0...2) {
            case 0: bytes = lowerHex(bytes)
            case 1:
                // Behind the last segment they would add a trailing slash.
                let slashes = bytes.indices.filter { bytes[$0] == UInt8(ascii: "/") }
                bytes.insert(
                    contentsOf: random.one(of: equivalents).utf8, at: random.one(of: slashes))
            default: bytes = escapingUnreserved(bytes, &random)
            }
        }
        return bytes
    }

    private static func escapingUnreserved(
        _ bytes: [UInt8], _ random: inout SeededGenerator
    ) -> [UInt8] {
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            let character = Character(Unicode.Scalar(byte))
            if byte == UInt8(ascii: "%") {
                result += bytes[index..<min(index + 3, bytes.count)]
                index += 3
                continue
            }
            let isUnreserved =
                character.isLetter || character.isNumber || "-._~".contains(character)
            if isUnreserved && random.once(in: 3) {
                let digits = String(byte, radix: 16, uppercase: random.once(in: 2))
                result += Array("%\(digits)".utf8)
            } else {
                result.append(byte)
            }
            index += 1
        }
        return result
    }

    private static func changed(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        switch random.number(0...11) {
        case 0, 1: return escaping(bytes, &random)
        case 2: return inserting(random.one(of: equivalents), into: bytes, &random)
        case 3: return inserting(random.one(of: refusals), into: bytes, &random)
        case 4: return bytes + Array(random.one(of: tails).utf8)
        case 5: return bytes.dropLast()
        case 6: return lowerHex(bytes)
        case 7: return recased(bytes, &random)
        case 8:
            var bytes = bytes
            if let index = bytes.indices.randomElement(using: &random) { bytes.remove(at: index) }
            return bytes
        case 9:
            var bytes = bytes
            guard let index = bytes.indices.randomElement(using: &random) else { return bytes }
            bytes.insert(UInt8(random.number(0...255)), at: index)
            return bytes
        case 10:
            return bytes.last == UInt8(ascii: "/") ? bytes.dropLast() : bytes + [UInt8(ascii: "/")]
        default: return inserting("/" + random.one(of: Vocabulary.segments), into: bytes, &random)
        }
    }

    /// Put before a slash these change nothing, or are refused.
    private static let equivalents = [
        "/.", "/x/..", "/%2e", "/x/%2E%2e", "/x/.%2e", "/./.", "/x/y/../..", "/", "//",
    ]
    /// Put before a slash these climb, hide a dot segment or hide a slash.
    private static let refusals = [
        "/..", "/..;", "/..;x", "/.;", "/%252e", "/%252e%252e", "/.%252e", "/%25252e.", "/..%3b",
        "/%2f", "%2F", "%5c", "%5C..", "/..%2f", "/..%2Fetc", "\\", "%00", "%", "%2", "%zz", "#",
        " ", "%0a",
        "/x%2f..", "/..%5c", "/;", ";x", "%3b", "/...", "/.x", "/%2ex", "%7f", "%FF", "/%2fx",
    ]
    private static let tails = [
        "/", "//", "/.", "/..", "/x", "x", "%2e", ".", "/%2e%2e", "%", "?", "/../x", "\u{0}", "\n",
        "%41",
    ]

    private static func inserting(
        _ text: String, into bytes: [UInt8], _ random: inout SeededGenerator
    ) -> [UInt8] {
        let slashes = bytes.indices.filter { bytes[$0] == UInt8(ascii: "/") } + [bytes.count]
        var bytes = bytes
        bytes.insert(contentsOf: text.utf8, at: random.one(of: slashes))
        return bytes
    }

    private static func escaping(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        bytes.flatMap { byte -> [UInt8] in
            let isSlash = byte == UInt8(ascii: "/") || byte == UInt8(ascii: "%")
            guard random.once(in: isSlash ? 40 : 3) else { return [byte] }
            let digits = Array(String(byte, radix: 16, uppercase: random.once(in: 2)).utf8)
            return [UInt8(ascii: "%")] + (digits.count == 1 ? [UInt8(ascii: "0")] : []) + digits
        }
    }

    private static func lowerHex(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for index in bytes.indices.dropLast(2) where bytes[index] == UInt8(ascii: "%") {
            for digit in (index + 1)...(index + 2) where (0x41...0x5A).contains(bytes[digit]) {
                bytes[digit] |= 0x20
            }
        }
        return bytes
    }

    private static func recased(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        bytes.map { byte in
            let isLetter = (0x41...0x5A).contains(byte & 0xDF) && byte >= 0x41
            return isLetter && random.once(in: 2) ? byte ^ 0x20 : byte
        }
    }
}
