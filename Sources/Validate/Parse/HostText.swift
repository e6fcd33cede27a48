/// Host names as URLs and patterns have them.
enum HostText {
    /// What is wrong, as a whole sentence.
    struct Fault: Error, Equatable {
        let message: String
        let suggestion: String?

        init(_ message: String, suggestion: String? = nil) {
            self.message = message
            self.suggestion = suggestion
        }
    }

    /// The canonical form of a name or of an address literal (IPv6 in brackets): lower case, no trailing
    /// dot, IPv6 as RFC 5952 writes it.
    static func canonical(_ text: String) throws(Fault) -> String {
        if text.hasPrefix("[") {
            guard text.hasSuffix("]"), let bytes = AddressText.ipv6(text.dropFirst().dropLast())
            else {
                throw Fault("`\(text)` is not an IPv6 address")
            }
            return "[\(AddressText.canonicalIPv6(bytes))]"
        }
        if AddressText.ipv4(text) != nil { return text }
        let name = text.hasSuffix(".") ? String(text.dropLast()) : text
        try check(name: name)
        return lowercased(name)
    }

    /// Whether a text is a name in its canonical form, as nearly all are: lower-case letters, digits, `-` and
    /// `_`, and a last label that begins with a letter. ``canonical(_:)`` gives these back as they are.
    static func isPlainName(_ text: Substring) -> Bool {
        guard (1...253).contains(text.utf8.count) else { return false }
        var labelByteCount = 0
        var last = UInt8(ascii: ".")
        var lastLabelBegins = last
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "."):
                guard labelByteCount > 0, last != UInt8(ascii: "-") else { return false }
                labelByteCount = 0
            case 0x61...0x7A, 0x30...0x39, UInt8(ascii: "_"), UInt8(ascii: "-"):
                if labelByteCount == 0 {
                    guard byte != UInt8(ascii: "-") else { return false }
                    lastLabelBegins = byte
                }
                labelByteCount += 1
                guard labelByteCount <= 63 else { return false }
            default: return false
            }
            last = byte
        }
        return labelByteCount > 0 && last != UInt8(ascii: "-")
            && (0x61...0x7A).contains(lastLabelBegins)
    }

    /// ASCII lower case.
    static func lowercased(_ text: String) -> String {
        let bytes = text.utf8.map { (0x41...0x5A).contains($0) ? $0 | 0x20 : $0 }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func check(name: String) throws(Fault) {
        guard !name.isEmpty else { throw Fault("the host is empty") }
        if name.contains("://") {
            throw Fault(
                "`\(name)` is a URL; a host is a name without scheme and path")
        }
        if AddressText.ipv6(name) != nil {
            throw Fault("an IPv6 address stands in brackets", suggestion: "write `[\(name)]`")
        }
        guard name.utf8.allSatisfy({ $0 < 0x80 }) else {
            throw Fault(
                "`\(name)` has letters outside ASCII",
                suggestion: "write the name in its ASCII form, which begins with `xn--`")
        }
        guard name.utf8.count <= 253 else { throw Fault("a host has at most 253 characters") }
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        for label in labels {
            guard !label.isEmpty else { throw Fault("`\(name)` has an empty part between dots") }
            guard label.utf8.count <= 63 else {
                throw Fault("the part `\(label)` has more than 63 characters")
            }
            if let bad = label.unicodeScalars.first(where: { !isHostScalar($0) }) {
                throw Fault(
                    "\(bad == " " ? "a space" : "`\(bad)`") can't be in a host name",
                    suggestion: bad == "$" ? "a variable is written `${NAME}`" : nil)
            }
            guard !label.hasPrefix("-"), !label.hasSuffix("-") else {
                throw Fault("the part `\(label)` begins or ends with `-`")
            }
        }
        if let last = labels.last, last.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
            throw Fault("`\(name)` is neither a name nor an IPv4 address")
        }
    }

    private static func isHostScalar(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "a"..."z", "A"..."Z", "0"..."9", "-", "_": true
        default: false
        }
    }
}
