import RouteTable

/// Walks the pairs of a query, the empty ones too.
struct QueryPairs {
    private var offset: Int
    private let end: Int
    private var isDone: Bool

    init(_ query: ByteRange) {
        offset = query.first
        end = query.limit
        isDone = query.isEmpty
    }

    /// The next pair, without the `&` on either side, or nil at the end.
    mutating func next(in bytes: RawSpan) -> ByteRange? {
        guard !isDone else { return nil }
        let start = offset
        while offset < end, bytes.octet(at: offset) != UInt8(ascii: "&") { offset += 1 }
        let pair = ByteRange(from: start, to: offset)
        if offset < end { offset += 1 } else { isDone = true }
        return pair
    }

    /// Where the name of a pair ends if it is `name`, percent-encoded or not, as whoever reads the query would take
    /// it; else nil. There an `=` follows, or nothing.
    static func nameEnd(of pair: ByteRange, ifNamed name: [UInt8], in bytes: RawSpan) -> Int? {
        var offset = pair.first
        for wanted in name {
            guard offset < pair.limit else { return nil }
            var byte = bytes.octet(at: offset)
            offset += 1
            if byte == UInt8(ascii: "+") { byte = OctetClass.space }
            if byte == UInt8(ascii: "%"), offset + 2 <= pair.limit,
                let high = OctetClass.hexadecimalValue(bytes.octet(at: offset)),
                let low = OctetClass.hexadecimalValue(bytes.octet(at: offset + 1))
            {
                byte = high << 4 | low
                offset += 2
            }
            guard byte == wanted else { return nil }
        }
        let isEnd = offset == pair.limit || bytes.octet(at: offset) == UInt8(ascii: "=")
        return isEnd ? offset : nil
    }
}
