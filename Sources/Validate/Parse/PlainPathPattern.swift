/// Reads the patterns in which nothing can be wrong, in one pass over their bytes: whole segments of text, `*`
/// or `{name}`, and stars in text; none is empty or begins with a dot, and nothing is percent-encoded.
///
/// ``PathPatternText`` reads all others. It would read these alike, at several times the cost.
struct PlainPathPattern {
    private let text: String
    private var segments: [PathSegment] = []
    private var names: [String] = []
    private var tail = PathTail.end
    private var isLiteral = true

    /// The pattern, or nil if it takes a closer look.
    static func parse(_ text: String) -> PathPattern? {
        guard text.utf8.first == UInt8(ascii: "/"),
            text.utf8.count <= CanonicalPath.byteCountMax
        else { return nil }
        var reader = PlainPathPattern(text: text)
        guard reader.readSegments() else { return nil }
        return reader.isLiteral
            ? .exact(text) : .segments(reader.segments, tail: reader.tail)
    }

    private init(text: String) { self.text = text }

    /// What the bytes of one segment are.
    private struct Content {
        var start: Int
        var hasStar = false
        var hasBrace = false
    }

    /// - Returns: Whether all of them are plain.
    private mutating func readSegments() -> Bool {
        let bytes = text.utf8.span
        // Where every segment is literal, they need not be taken apart.
        isLiteral = true
        for offset in 1..<max(1, bytes.count) where Self.isSpecial(bytes[offset]) {
            isLiteral = false
            break
        }
        var content = Content(start: 1)
        var segmentCount = 0
        for offset in 1...bytes.count {
            let byte = offset < bytes.count ? bytes[offset] : UInt8(ascii: "/")
            switch byte {
            case UInt8(ascii: "/"):
                segmentCount += 1
                guard segmentCount <= CanonicalPath.segmentCountMax, offset > content.start,
                    bytes[content.start] != UInt8(ascii: "."),
                    isLiteral || add(content, end: offset, isLast: offset == bytes.count)
                else { return false }
                content = Content(start: offset + 1)
            case UInt8(ascii: "*"): content.hasStar = true
            case UInt8(ascii: "{"), UInt8(ascii: "}"): content.hasBrace = true
            case UInt8(ascii: "%"), UInt8(ascii: "?"), UInt8(ascii: "#"), UInt8(ascii: "\\"):
                return false
            case 0x21...0x7E: continue
            default: return false
            }
        }
        return true
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "*") || byte == UInt8(ascii: "{") || byte == UInt8(ascii: "}")
    }

    /// - Returns: Whether the segment is plain.
    private mutating func add(_ content: Content, end: Int, isLast: Bool) -> Bool {
        if content.hasBrace { return !content.hasStar && addName(content.start..<end) }
        let part = part(content.start..<end)
        guard content.hasStar else {
            segments.append(.literal(part))
            return true
        }
        if part == "*" {
            if isLast {
                tail = .subtree(name: nil)
            } else {
                segments.append(.wildcard(name: nil))
            }
            return true
        }
        let texts = part.utf8.split(separator: UInt8(ascii: "*"), omittingEmptySubsequences: false)
        // Two stars side by side are refused.
        guard texts.dropFirst().dropLast().allSatisfy({ !$0.isEmpty }) else { return false }
        segments.append(.glob(texts.map { String(Substring($0)) }))
        return true
    }

    /// - Parameter range: Where `{` to `}` stand.
    private mutating func addName(_ range: Range<Int>) -> Bool {
        let part = part(range)
        guard part.utf8.count > 2, part.utf8.first == UInt8(ascii: "{"),
            part.utf8.last == UInt8(ascii: "}")
        else { return false }
        let name = String(part.dropFirst().dropLast())
        guard PathPatternText.isName(name), !names.contains(name) else { return false }
        names.append(name)
        segments.append(.wildcard(name: name))
        return true
    }

    private func part(_ range: Range<Int>) -> String {
        let start = text.utf8.index(text.startIndex, offsetBy: range.lowerBound)
        let end = text.utf8.index(start, offsetBy: range.count)
        return String(text[start..<end])
    }
}
