import RouteTable

/// Takes tokens out of a request that was read, in the memory where it stands: what follows moves up, and the
/// room that is left is filled with blanks. So no later reader, the log included, ever sees them.
enum RequestCleaning {
    /// Removes the parameters of these names from the query.
    ///
    /// - Parameter bytes: Where the head was parsed from.
    static func removeParameters(
        _ names: [[UInt8]], from head: inout RequestHead, in bytes: inout MutableRawSpan
    ) {
        guard head.hasQuery, !head.query.isEmpty else { return }
        var end = head.query.first
        var isFirst = true
        var pairs = QueryPairs(head.query)
        while let pair = pairs.next(in: bytes.bytes) {
            if isNamed(pair, oneOf: names, in: bytes.bytes) { continue }
            if !isFirst { end = put(UInt8(ascii: "&"), at: end, in: &bytes) }
            isFirst = false
            for offset in pair.offsets {
                end = put(bytes.bytes.octet(at: offset), at: end, in: &bytes)
            }
        }
        let limit = head.query.limit
        guard end < limit else { return }
        for offset in end..<limit { _ = put(OctetClass.space, at: offset, in: &bytes) }
        head.query = ByteRange(from: head.query.first, to: end)
        if head.query.isEmpty {
            // Nothing is left, not even the mark.
            head.flags.remove(.hasQuery)
            _ = put(OctetClass.space, at: end - 1, in: &bytes)
            end -= 1
        }
        head.target = ByteRange(from: head.target.first, to: end)
    }

    /// Whether a pair is `name=…` or `name` for one of some names.
    static func isNamed(_ pair: ByteRange, oneOf names: [[UInt8]], in bytes: RawSpan) -> Bool {
        for name in names where QueryPairs.nameEnd(of: pair, ifNamed: name, in: bytes) != nil {
            return true
        }
        return false
    }

    /// Removes `bearer` and the token behind it from the subprotocols. What is left of a field has one comma
    /// between two names, which is never more than there was; a field that held nothing else goes no further.
    ///
    /// - Returns: Whether there was anything to remove.
    static func removeSubprotocolToken(
        from fields: inout HeaderFields, in bytes: inout MutableRawSpan
    ) -> Bool {
        var isNext = false
        var hasRemoved = false
        for index in 0..<fields.count where fields.kind(at: index) == .secWebSocketProtocol {
            let value = fields[index].value
            var list = ListCursor(value)
            var end = value.first
            while let element = list.next(in: bytes.bytes) {
                if isNext {
                    isNext = false
                    continue
                }
                if !hasRemoved, bytes.bytes.octets(element).isEqual(to: "bearer") {
                    isNext = true
                    hasRemoved = true
                    continue
                }
                if end > value.first { end = put(UInt8(ascii: ","), at: end, in: &bytes) }
                for offset in element.offsets {
                    end = put(bytes.bytes.octet(at: offset), at: end, in: &bytes)
                }
            }
            for offset in end..<value.limit { _ = put(OctetClass.space, at: offset, in: &bytes) }
            fields.replaceValue(at: index, by: ByteRange(from: value.first, to: end))
            if end == value.first { fields.drop(at: index) }
        }
        return hasRemoved
    }

    private static func put(_ byte: UInt8, at offset: Int, in bytes: inout MutableRawSpan) -> Int {
        bytes.storeBytes(of: byte, toByteOffset: offset, as: UInt8.self)
        return offset + 1
    }
}
