import RouteTable

/// Walks the elements of a comma-separated value (RFC 9110, 5.6.1), without the blanks around them.
///
/// Empty elements are skipped. Quotes are not looked at: most lists read here are lists of tokens. A parameter of
/// `Accept` or a value of `Cache-Control` that holds a comma in quotes counts as two elements.
struct ListCursor {
    private var offset: Int
    private let end: Int

    init(_ value: ByteRange) {
        offset = value.first
        end = value.limit
    }

    /// The next element that is not empty, or `nil` at the end.
    mutating func next(in bytes: RawSpan) -> ByteRange? {
        while offset < end {
            var first = offset
            while offset < end, bytes.octet(at: offset) != 0x2C { offset += 1 }
            var last = offset
            offset += 1
            while first < last, OctetClass.isBlank(bytes.octet(at: first)) { first += 1 }
            while last > first, OctetClass.isBlank(bytes.octet(at: last - 1)) { last -= 1 }
            if first < last { return ByteRange(from: first, to: last) }
        }
        return nil
    }
}
