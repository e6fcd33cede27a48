import RouteTable

/// Compares the media types (RFC 9110, 8.3.1) that a proxy must know.
enum MediaType {
    /// The `type/subtype` of an element, without parameters and blanks.
    static func withoutParameters(_ element: ByteRange, in bytes: RawSpan) -> ByteRange {
        var end = element.first
        while end < element.limit, bytes.octet(at: end) != 0x3B { end += 1 }
        while end > element.first, OctetClass.isBlank(bytes.octet(at: end - 1)) { end -= 1 }
        return ByteRange(from: element.first, to: end)
    }

    /// Whether an element of `Accept` says with a weight of 0 that the type is not wanted (RFC 9110, 12.4.2).
    static func isRefused(_ element: ByteRange, in bytes: RawSpan) -> Bool {
        var offset = element.first
        while offset < element.limit {
            while offset < element.limit, bytes.octet(at: offset) != 0x3B { offset += 1 }
            offset += 1
            while offset < element.limit, OctetClass.isBlank(bytes.octet(at: offset)) {
                offset += 1
            }
            guard offset + 2 < element.limit, bytes.octet(at: offset) | 0x20 == 0x71,
                bytes.octet(at: offset + 1) == 0x3D
            else { continue }
            return isZero(from: offset + 2, to: element.limit, in: bytes)
        }
        return false
    }

    /// Whether a weight that begins there is `0`, `0.` or `0.0` with more zeros.
    private static func isZero(from first: Int, to limit: Int, in bytes: RawSpan) -> Bool {
        for offset in first..<limit {
            switch bytes.octet(at: offset) {
            case 0x30: continue
            case 0x2E where offset == first + 1: continue
            case 0x3B, OctetClass.space, 0x09: return offset > first
            default: return false
            }
        }
        return true
    }

    /// Whether a Content-Type is `text/event-stream`, with whatever parameters. Most are seen not to be
    /// without looking for those.
    static func announcesEventStream(_ value: ByteRange, in bytes: RawSpan) -> Bool {
        guard value.count >= 17,
            isEventStream(ByteRange(offset: value.offset, count: 17), in: bytes)
        else { return false }
        return isEventStream(withoutParameters(value, in: bytes), in: bytes)
    }

    /// Whether the type is `text/event-stream`.
    static func isEventStream(_ type: ByteRange, in bytes: RawSpan) -> Bool {
        bytes.equalsIgnoringCase(type, "text/event-stream")
    }

    /// Whether the type is `application/problem+json`.
    static func isProblem(_ type: ByteRange, in bytes: RawSpan) -> Bool {
        bytes.equalsIgnoringCase(type, "application/problem+json")
    }
}
