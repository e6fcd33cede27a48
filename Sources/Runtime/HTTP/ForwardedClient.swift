package import RouteTable

/// Who the client is where a trusted proxy says so in `X-Forwarded-For`.
///
/// Each proxy adds the address that it was asked from at the end, so the list is read from there: what a
/// trusted one has added is believed, what stands before an address that is not trusted is hearsay.
package enum ForwardedClient {
    /// The last address of the list that is no trusted proxy's, or the one that comes next to it.
    ///
    /// - Parameters:
    ///   - peer: Who is connected.
    ///   - fields: The fields that were parsed of `bytes`.
    /// - Complexity: O(*n*) for *n* bytes of the fields.
    package static func address(
        peer: ClientAddress, fields: borrowing HeaderFields, bytes: RawSpan,
        isTrusted: (ClientAddress) -> Bool
    ) -> ClientAddress {
        var client = peer
        for index in (0..<fields.count).reversed()
        where fields.kind(at: index) == .xForwardedFor && !fields.isNominated(at: index) {
            let value = fields[index].value
            var end = value.limit
            while end > value.first {
                guard isTrusted(client) else { return client }
                var start = end
                while start > value.first, bytes.octet(at: start - 1) != 0x2C { start -= 1 }
                let element = trimmed(start, end, in: bytes)
                if !element.isEmpty {
                    // Nobody can tell who is meant by `unknown`, nor by what stands before it.
                    guard let address = address(element, in: bytes) else { return client }
                    client = address
                }
                end = max(value.first, start - 1)
            }
        }
        return client
    }

    /// Reads `10.0.0.1`, `10.0.0.1:80`, `::1`, `[::1]` or `[::1]:80`.
    private static func address(_ element: ByteRange, in bytes: RawSpan) -> ClientAddress? {
        var first = element.first
        var last = element.limit
        if bytes.octet(at: first) == 0x5B {
            first += 1
            var end = first
            while end < last, bytes.octet(at: end) != 0x5D { end += 1 }
            guard end < last, isPort(from: end + 1, to: last, in: bytes) else { return nil }
            last = end
        } else if let colon = onlyColon(element, in: bytes) {
            guard isPort(from: colon, to: last, in: bytes) else { return nil }
            last = colon
        }
        return ClientAddress(literal: bytes.extracting(first..<last))
    }

    /// The offset of the only colon: an IPv6 address has more.
    private static func onlyColon(_ element: ByteRange, in bytes: RawSpan) -> Int? {
        var found: Int?
        for offset in element.offsets where bytes.octet(at: offset) == 0x3A {
            if found != nil { return nil }
            found = offset
        }
        return found
    }

    /// Whether nothing follows, or a colon and digits.
    private static func isPort(from start: Int, to end: Int, in bytes: RawSpan) -> Bool {
        guard start < end else { return true }
        guard bytes.octet(at: start) == 0x3A, end - start > 1 else { return false }
        for offset in start + 1..<end where !OctetClass.isDigit(bytes.octet(at: offset)) {
            return false
        }
        return true
    }

    private static func trimmed(_ start: Int, _ end: Int, in bytes: RawSpan) -> ByteRange {
        var first = start
        var last = end
        while first < last, OctetClass.isBlank(bytes.octet(at: first)) { first += 1 }
        while last > first, OctetClass.isBlank(bytes.octet(at: last - 1)) { last -= 1 }
        return ByteRange(from: first, to: last)
    }
}
