/// A slow and plain canonicaliser of paths, written from the documents alone.
package enum OraclePath {
    /// What `advanced.path` says.
    package struct Rules: Equatable, Sendable {
        package var mergesSlashes: Bool
        package var keepsEncodedSlash: Bool

        package init(mergesSlashes: Bool = false, keepsEncodedSlash: Bool = false) {
            self.mergesSlashes = mergesSlashes
            self.keepsEncodedSlash = keepsEncodedSlash
        }
    }

    package static let byteCountMax = 8192
    package static let segmentCountMax = 64

    /// The canonical form, or nil where the answer is 400.
    package static func canonical(_ raw: [UInt8], _ rules: Rules) -> String? {
        guard raw.first == UInt8(ascii: "/"), raw.count <= byteCountMax else { return nil }
        guard let decoded = decodingUnreserved(raw, rules) else { return nil }

        var segments = segments(of: decoded)
        if rules.mergesSlashes {
            let last = segments.removeLast()
            segments = segments.filter { !$0.isEmpty } + [last]
        }
        if segments.dropLast().contains("") { return nil }
        if segments.count > segmentCountMax { return nil }
        if segments.contains(where: isHiddenDotSegment) { return nil }

        var kept: [String] = []
        for (position, segment) in segments.enumerated() {
            let isLast = position == segments.count - 1
            switch segment {
            case ".":
                if isLast { kept.append("") }
            case "..":
                if kept.isEmpty { return nil }
                kept.removeLast()
                if isLast { kept.append("") }
            default:
                kept.append(segment)
            }
        }
        return "/" + kept.joined(separator: "/")
    }

    /// The texts between the slashes: `/` has one, empty; `/a/` has two.
    package static func segments(of path: String) -> [String] {
        path.dropFirst().split(separator: "/", omittingEmptySubsequences: false).map(String.init)
    }

    /// Whether `advanced.security.deny_hidden_files` hides this canonical path.
    package static func isHidden(_ path: String) -> Bool {
        segments(of: path).contains { $0.hasPrefix(".") && $0 != ".well-known" }
    }

    /// Decodes what is unreserved, writes the hex digits of the rest in upper case.
    private static func decodingUnreserved(_ raw: [UInt8], _ rules: Rules) -> String? {
        var text = ""
        var index = 0
        while index < raw.count {
            let byte = raw[index]
            if byte == UInt8(ascii: "%") {
                guard let value = escapedByte(raw, at: index) else { return nil }
                if value == 0 { return nil }
                let isSlash = value == UInt8(ascii: "/") || value == UInt8(ascii: "\\")
                if isSlash && !rules.keepsEncodedSlash { return nil }
                if isUnreserved(value) {
                    text.unicodeScalars.append(Unicode.Scalar(value))
                } else {
                    text += String(decoding: raw[index..<(index + 3)], as: UTF8.self).uppercased()
                }
                index += 3
                continue
            }
            if byte <= 0x20 || byte >= 0x7F { return nil }
            // A `?` ends the path, so a path that holds one was cut wrongly.
            if [UInt8(ascii: "\\"), UInt8(ascii: "#"), UInt8(ascii: "?")].contains(byte) {
                return nil
            }
            text.unicodeScalars.append(Unicode.Scalar(byte))
            index += 1
        }
        return text
    }

    /// Whether a backend that decodes more often than we do, or that cuts at `;`, or that takes an
    /// encoded slash for a slash, would see a dot segment here where we see none.
    private static func isHiddenDotSegment(_ segment: String) -> Bool {
        if segment == "." || segment == ".." { return false }
        var bytes = Array(segment.utf8)
        while let next = decodedOnce(bytes) { bytes = next }
        let pieces = bytes.split(omittingEmptySubsequences: false) {
            $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\")
        }
        return pieces.contains { piece in
            let name = piece.prefix { $0 != UInt8(ascii: ";") }
            return name.elementsEqual(".".utf8) || name.elementsEqual("..".utf8)
        }
    }

    /// All escapes decoded one level, or nil if there is none.
    private static func decodedOnce(_ bytes: [UInt8]) -> [UInt8]? {
        var result: [UInt8] = []
        var hasEscape = false
        var index = 0
        while index < bytes.count {
            if bytes[index] == UInt8(ascii: "%"), let value = escapedByte(bytes, at: index) {
                result.append(value)
                hasEscape = true
                index += 3
            } else {
                result.append(bytes[index])
                index += 1
            }
        }
        return hasEscape ? result : nil
    }

    /// The byte that `%XX` at `index` stands for, or nil if it is not one.
    package static func escapedByte(_ bytes: [UInt8], at index: Int) -> UInt8? {
        guard index + 2 < bytes.count else { return nil }
        let digits = bytes[(index + 1)...(index + 2)].compactMap { digit in
            Character(Unicode.Scalar(digit)).isASCII
                ? Character(Unicode.Scalar(digit)).hexDigitValue : nil
        }
        guard digits.count == 2 else { return nil }
        return UInt8(digits[0] * 16 + digits[1])
    }

    /// RFC 3986, 2.3.
    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"):
            true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
        default: false
        }
    }
}
