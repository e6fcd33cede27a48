import TableFormat

/// Why a path has no canonical form, and where.
///
/// Written apart from the canonicaliser, which does all in one pass and says only why.
package struct RefusedPath: Equatable, Sendable {
    /// The rule that it breaks, in a sentence.
    package var rule: String
    /// Where, in bytes from the first slash on, counted from 0.
    package var offset: Int
    /// What stands there.
    package var text: String

    /// - Returns: nil if it is not the path that is refused.
    init?(_ path: String, _ refusal: RequestRefusal, rules: PathRules) {
        let bytes = Array(path.utf8)
        guard let rule = Self.rule(refusal),
            let range = Self.place(bytes, refusal, rules)
        else { return nil }
        self.rule = rule
        offset = range.lowerBound
        text = String(decoding: bytes[range].prefix(Self.shownBytesMax), as: UTF8.self)
    }

    private static let shownBytesMax = 64

    private static func rule(_ refusal: RequestRefusal) -> String? {
        switch refusal {
        case .invalidHost, .hiddenFile: nil
        case .invalidPercentEncoding: "a `%` is followed by two hexadecimal digits"
        case .forbiddenByte: "this byte is percent-encoded in a path"
        case .encodedNUL: "an encoded NUL is refused"
        case .encodedSlash:
            "an encoded slash or backslash is refused, unless `encoded_slash: keep` is set"
        case .emptySegment: "an empty segment is refused, unless `merge_slashes: true` is set"
        case .climbsAboveRoot: "`..` does not lead above the root"
        case .tooManySegments: "a path has at most \(TableLimits.segmentCountMax) segments"
        case .pathTooLong: "a path has at most \(TableLimits.pathBytesMax) bytes"
        case .ambiguousDotSegment:
            "a segment that some backends read as `.` or `..` and others do not is refused"
        case .notAbsolute: "a path begins with `/`"
        }
    }

    /// The first place of this kind: everything before it was accepted.
    private static func place(
        _ bytes: [UInt8], _ refusal: RequestRefusal, _ rules: PathRules
    ) -> Range<Int>? {
        switch refusal {
        case .invalidHost, .hiddenFile: return nil
        case .notAbsolute: return 0..<min(1, bytes.count)
        case .pathTooLong: return min(TableLimits.pathBytesMax, bytes.count)..<bytes.count
        case .forbiddenByte:
            return bytes.firstIndex {
                !ByteClass.isPlain($0) && $0 != UInt8(ascii: "/") && $0 != UInt8(ascii: "%")
            }.map { $0..<($0 + 1) }
        case .invalidPercentEncoding, .encodedNUL, .encodedSlash:
            return bytes.indices.first { isEscape(bytes, at: $0, refusal) }
                .map { $0..<min($0 + 3, bytes.count) }
        case .emptySegment, .climbsAboveRoot, .tooManySegments, .ambiguousDotSegment:
            return segment(of: bytes, refusal, rules)
        }
    }

    /// Whether an escape begins here that is refused for this reason.
    private static func isEscape(
        _ bytes: [UInt8], at index: Int, _ refusal: RequestRefusal
    ) -> Bool {
        guard bytes[index] == UInt8(ascii: "%") else { return false }
        guard let value = CanonicalTrace.escape(bytes, at: index) else {
            return refusal == .invalidPercentEncoding
        }
        return switch refusal {
        case .encodedNUL: value == 0
        case .encodedSlash: value == UInt8(ascii: "/") || value == UInt8(ascii: "\\")
        default: false
        }
    }

    /// The segment that is refused.
    private static func segment(
        of bytes: [UInt8], _ refusal: RequestRefusal, _ rules: PathRules
    ) -> Range<Int>? {
        var start = 1
        var count = 0
        var depth = 0
        while start <= bytes.count {
            let end = bytes[start...].firstIndex(of: UInt8(ascii: "/")) ?? bytes.count
            let range = start..<end
            start = end + 1
            if range.isEmpty, end < bytes.count {
                if refusal == .emptySegment { return (range.lowerBound - 1)..<(end + 1) }
                if rules.mergesSlashes { continue }
            }
            count += 1
            if refusal == .tooManySegments, count > TableLimits.segmentCountMax { return range }
            let decoded = CanonicalTrace.decoded(Array(bytes[range]))
            switch decoded {
            case Array("..".utf8):
                if refusal == .climbsAboveRoot, depth == 0 { return range }
                depth -= 1
            case Array(".".utf8): break
            default:
                depth += 1
                if refusal == .ambiguousDotSegment, isHiddenDotSegment(decoded) { return range }
            }
        }
        return nil
    }

    /// Whether some backend, which decodes again, cuts at `;` or takes an encoded slash for one, sees a dot segment.
    private static func isHiddenDotSegment(_ segment: [UInt8]) -> Bool {
        var bytes = segment
        while true {
            let next = CanonicalTrace.fullyDecoded(bytes)
            if next == bytes { break }
            bytes = next
        }
        return bytes.split(omittingEmptySubsequences: false) {
            $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\")
        }.contains { piece in
            let name = piece.prefix { $0 != UInt8(ascii: ";") }
            return name.elementsEqual(".".utf8) || name.elementsEqual("..".utf8)
        }
    }
}
