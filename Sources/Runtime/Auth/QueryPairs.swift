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
}
