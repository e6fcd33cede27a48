import RouteTable

/// Other spellings of a request's path that a careless proxy or backend takes for the same or for
/// another path.
struct URLVariant: Equatable {
    /// What was done: `a letter escaped`.
    var what: String
    var path: String

    /// Most bytes of one path that are escaped, one in each variant.
    private static let escapesMax = 64

    /// One of each kind for each place that the path has for it, none of them the path itself.
    ///
    /// - Parameter keepsEncodedSlash: By the configuration, an encoded slash is part of a segment; then
    ///   it makes another path and no variant.
    static func all(of path: String, keepsEncodedSlash: Bool) -> [URLVariant] {
        let bytes = Array(path.utf8)
        var variants: [URLVariant] = []
        func add(_ what: String, _ bytes: [UInt8]) {
            let text = String(decoding: bytes, as: UTF8.self)
            if text != path, !variants.contains(where: { $0.path == text }) {
                variants.append(URLVariant(what: what, path: text))
            }
        }
        add("hexadecimal digits in lower case", recased(bytes, isUpper: false))
        add("hexadecimal digits in upper case", recased(bytes, isUpper: true))
        let plain = bytes.indices.filter { isPlain(bytes, $0) }
        for index in plain.prefix(escapesMax) {
            let byte = bytes[index]
            let digits = String(byte, radix: 16)
            add("a letter escaped", replaced(bytes, index..<(index + 1), "%\(digits)"))
        }
        for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "/") {
            for inserted in ["/.", "/%2e", "/x/..", "/x/%2e%2E", "/x/.%2e"] {
                add("`\(inserted)` inserted", replaced(bytes, index..<index, inserted))
            }
            add("a second slash", replaced(bytes, index..<index, "/"))
            guard index > 0 else { continue }
            for escape in keepsEncodedSlash ? ["\\"] : ["%2f", "%2F", "%5c", "\\"] {
                add("a slash as `\(escape)`", replaced(bytes, index..<(index + 1), escape))
            }
            for inserted in ["/..;", "/.;", "/%252e%252e"] {
                add("`\(inserted)` inserted", replaced(bytes, index..<index, inserted))
            }
        }
        add("`/..` before it", Array("/..".utf8) + bytes)
        return variants
    }

    /// An unreserved byte that is no part of an escape: escaping it changes nothing (RFC 3986, 2.3).
    private static func isPlain(_ bytes: [UInt8], _ index: Int) -> Bool {
        let byte = bytes[index]
        let isUnreserved =
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF) && byte < 0x7F
            || "-._~".utf8.contains(byte)
        let isInEscape =
            (index >= 1 && bytes[index - 1] == UInt8(ascii: "%"))
            || (index >= 2 && bytes[index - 2] == UInt8(ascii: "%"))
        return isUnreserved && !isInEscape
    }

    private static func replaced(
        _ bytes: [UInt8], _ range: Range<Int>, _ text: String
    ) -> [UInt8] {
        Array(bytes[..<range.lowerBound]) + Array(text.utf8) + Array(bytes[range.upperBound...])
    }

    private static func recased(_ bytes: [UInt8], isUpper: Bool) -> [UInt8] {
        var bytes = bytes
        for index in bytes.indices.dropLast(2) where bytes[index] == UInt8(ascii: "%") {
            for digit in (index + 1)...(index + 2)
            where (0x41...0x46).contains(bytes[digit] & 0xDF) {
                bytes[digit] = isUpper ? bytes[digit] & 0xDF : bytes[digit] | 0x20
            }
        }
        return bytes
    }
}
