/// Who the client is where a trusted proxy says so in `X-Forwarded-For`.
///
/// Each proxy adds the address that it was asked from at the end, so the list is read from there: what a
/// trusted one has added is believed, what stands before an address that is not trusted is hearsay. A list may be
/// spread over several fields: the last one is read first.
package enum ForwardedClient {
    /// Goes through one field from its end.
    ///
    /// - Parameters:
    ///   - client: Who is known to have asked so far; then the last address that no trusted proxy's is, or the one that
    ///     comes next to it.
    /// - Returns: Whether the fields before this one are to be read as well.
    /// - Complexity: O(*n*) for *n* bytes of the field.
    package static func read(
        _ value: RawSpan, client: inout ClientAddress, isTrusted: (ClientAddress) -> Bool
    ) -> Bool {
        var end = value.byteCount
        while end > 0 {
            guard isTrusted(client) else { return false }
            var start = end
            while start > 0, octet(value, start - 1) != 0x2C { start -= 1 }
            let element = trimmed(start..<end, in: value)
            if !element.isEmpty {
                // Nobody can tell who is meant by `unknown`, nor by what stands before it.
                guard let address = address(element, in: value) else { return false }
                client = address
            }
            end = max(0, start - 1)
        }
        return true
    }

    /// Reads `10.0.0.1`, `10.0.0.1:80`, `::1`, `[::1]` or `[::1]:80`.
    private static func address(_ element: Range<Int>, in bytes: RawSpan) -> ClientAddress? {
        var first = element.lowerBound
        var last = element.upperBound
        if octet(bytes, first) == 0x5B {
            first += 1
            var end = first
            while end < last, octet(bytes, end) != 0x5D { end += 1 }
            guard end < last, isPort(from: end + 1, to: last, in: bytes) else { return nil }
            last = end
        } else if let colon = onlyColon(element, in: bytes) {
            guard isPort(from: colon, to: last, in: bytes) else { return nil }
            last = colon
        }
        return ClientAddress(literal: bytes.extracting(first..<last))
    }

    /// The offset of the only colon: an IPv6 address has more.
    private static func onlyColon(_ element: Range<Int>, in bytes: RawSpan) -> Int? {
        var found: Int?
        for offset in element where octet(bytes, offset) == 0x3A {
            if found != nil { return nil }
            found = offset
        }
        return found
    }

    /// Whether nothing follows, or a colon and digits.
    private static func isPort(from start: Int, to end: Int, in bytes: RawSpan) -> Bool {
        guard start < end else { return true }
        guard octet(bytes, start) == 0x3A, end - start > 1 else { return false }
        for offset in start + 1..<end where !(0x30...0x39).contains(octet(bytes, offset)) {
            return false
        }
        return true
    }

    private static func trimmed(_ range: Range<Int>, in bytes: RawSpan) -> Range<Int> {
        var first = range.lowerBound
        var last = range.upperBound
        while first < last, isBlank(octet(bytes, first)) { first += 1 }
        while last > first, isBlank(octet(bytes, last - 1)) { last -= 1 }
        return first..<last
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

    private static func octet(_ bytes: RawSpan, _ offset: Int) -> UInt8 {
        // SAFETY: the load checks its offset; any byte is a UInt8.
        unsafe bytes.unsafeLoad(fromByteOffset: offset, as: UInt8.self)
    }
}
