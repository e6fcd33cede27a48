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

    /// The weight of an element of `Accept` in thousandths: 1,000 where it gives none (RFC 9110, 12.4.2).
    static func weight(of element: ByteRange, in bytes: RawSpan) -> Int16 {
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
            return weight(from: offset + 2, to: element.limit, in: bytes) ?? 1_000
        }
        return 1_000
    }

    /// The weight that begins there: `0` or `1`, and digits behind a point. Of those behind the third it only matters
    /// whether the weight is 0.
    private static func weight(from first: Int, to limit: Int, in bytes: RawSpan) -> Int16? {
        guard bytes.octet(at: first) == 0x30 else { return nil }
        var weight: Int16 = 0
        var place: Int16 = 100
        for offset in first + 1..<limit {
            let octet = bytes.octet(at: offset)
            switch octet {
            case 0x2E where offset == first + 1: continue
            case 0x30...0x39 where offset > first + 1:
                weight += Int16(octet - 0x30) * place
                if place == 0, octet > 0x30 { weight = max(weight, 1) }
                place /= 10
            case 0x3B, OctetClass.space, 0x09: return weight
            default: return nil
            }
        }
        return weight
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
