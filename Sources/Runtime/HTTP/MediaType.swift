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
