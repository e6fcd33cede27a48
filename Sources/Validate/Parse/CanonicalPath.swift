/// The form of a path that requests are compared in, as far as a pattern's literal text is concerned.
enum CanonicalPath {
    /// Most segments of a path that the matcher takes.
    static let segmentCountMax = 64
    /// Most bytes of a path that the matcher takes.
    static let byteCountMax = 8192

    /// What keeps a text from ever being part of a canonical path.
    enum Fault: Error, Equatable {
        /// `%` without two hexadecimal digits; offset in bytes.
        case invalidPercent(offset: Int)
        /// `%00`
        case encodedNUL
        /// `%2F` or `%5C`, which are refused unless the configuration keeps them.
        case encodedSlash
        /// `?` begins the query.
        case query(offset: Int)
    }

    /// The canonical form of one segment: percent-encodings in upper case, needless ones decoded, and
    /// bytes that a request can't have encoded.
    static func segment(_ text: String, keepsEncodedSlash: Bool) throws(Fault) -> String {
        let bytes = Array(text.utf8)
        var result: [UInt8] = []
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            if byte == UInt8(ascii: "%") {
                guard index + 2 < bytes.count, let high = hexValue(bytes[index + 1]),
                    let low = hexValue(bytes[index + 2])
                else { throw .invalidPercent(offset: index) }
                let decoded = high << 4 | low
                if decoded == 0 { throw .encodedNUL }
                let isSlash = decoded == UInt8(ascii: "/") || decoded == UInt8(ascii: "\\")
                if isSlash, !keepsEncodedSlash { throw .encodedSlash }
                if isUnreserved(decoded) {
                    result.append(decoded)
                } else {
                    result += encoded(decoded)
                }
                index += 3
                continue
            }
            if byte == UInt8(ascii: "?") { throw .query(offset: index) }
            let mustBeEncoded =
                byte <= 0x20 || byte >= 0x7F || byte == UInt8(ascii: "\\")
                || byte == UInt8(ascii: "#")
            if mustBeEncoded { result += encoded(byte) } else { result.append(byte) }
            index += 1
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// The segments without `.` and empty ones, `..` resolved; nil if they climb above the root. An
    /// empty last segment, for a trailing slash, stays.
    static func withoutDotSegments(_ segments: [String]) -> [String]? {
        var result: [String] = []
        for (index, segment) in segments.enumerated() {
            let isLast = index == segments.count - 1
            switch segment {
            case "", ".": if isLast { result.append("") }
            case "..":
                guard !result.isEmpty else { return nil }
                result.removeLast()
                if isLast { result.append("") }
            default: result.append(segment)
            }
        }
        return result
    }

    /// RFC 3986 section 2.3.
    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, UInt8(ascii: "-"), UInt8(ascii: "."),
            UInt8(ascii: "_"), UInt8(ascii: "~"):
            true
        default: false
        }
    }

    private static func encoded(_ byte: UInt8) -> [UInt8] {
        let digits = Array("0123456789ABCDEF".utf8)
        return [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
    }

    /// The value of a hexadecimal digit.
    static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39: byte - 0x30
        case 0x41...0x46: byte - 0x41 + 10
        case 0x61...0x66: byte - 0x61 + 10
        default: nil
        }
    }
}
