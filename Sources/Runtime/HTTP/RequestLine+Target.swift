import RouteTable

extension RequestLine {
    /// Takes the target apart by its form (RFC 9112, 3.2).
    ///
    /// - Returns: What is wrong with it.
    mutating func readTarget(_ bytes: RawSpan) -> HeadFault? {
        if method == .connect {
            // Not served, so its authority is of interest to the log alone.
            path = target
            return nil
        }
        switch bytes.octet(at: target.first) {
        case 0x2F:
            readPath(bytes, from: target.first)
            return nil
        case 0x2A where target.count == 1:
            form = .asterisk
            path = target
            // TRACE is refused as such.
            return method == .options || method == .trace ? nil : .invalidTarget
        default: return readAbsolute(bytes)
        }
    }

    private mutating func readAbsolute(_ bytes: RawSpan) -> HeadFault? {
        form = .absolute
        guard let schemeByteCount = readScheme(bytes) else { return .invalidTarget }
        let start = target.first + schemeByteCount
        var end = start
        while end < target.limit, bytes.octet(at: end) != 0x2F, bytes.octet(at: end) != 0x3F {
            end += 1
        }
        authority = ByteRange(from: start, to: end)
        guard Authority.isValid(authority, in: bytes) else { return .invalidTarget }
        readPath(bytes, from: end)
        // Matching looks for a path in the bytes; that of a target without one is `/`.
        if path.isEmpty { path = ByteRange(from: start - 1, to: start) }
        return nil
    }

    /// - Returns: Number of bytes of the scheme with `://`, or `nil` for one that is not served.
    private mutating func readScheme(_ bytes: RawSpan) -> Int? {
        func begins(_ text: StaticString) -> Int? {
            let count = text.utf8CodeUnitCount
            guard target.count > count else { return nil }
            // Setting bit 5 changes neither the colon nor the slash.
            let prefix = ByteRange(offset: target.offset, count: UInt32(count))
            return bytes.equalsIgnoringCase(prefix, text) ? count : nil
        }
        if let count = begins("http://") ?? begins("ws://") { return count }
        isSchemeSecure = true
        return begins("https://") ?? begins("wss://")
    }

    private mutating func readPath(_ bytes: RawSpan, from start: Int) {
        var end = start
        while end < target.limit, bytes.octet(at: end) != 0x3F { end += 1 }
        path = ByteRange(from: start, to: end)
        hasQuery = end < target.limit
        query = hasQuery ? ByteRange(from: end + 1, to: target.limit) : .empty
    }
}
