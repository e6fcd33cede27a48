import RouteTable

/// Finds the token of a request in the places that a guard names, in that order.
///
/// The first place that has anything decides: a wrong token there is not made up for by another elsewhere. Two
/// fields, cookies or parameters of one name are refused, for whoever comes behind may read the other one.
struct TokenFinder: ~Escapable {
    private let bytes: RawSpan
    private let query: ByteRange
    private let isWebSocket: Bool

    /// - Parameter query: What follows the `?` of the target.
    @_lifetime(copy bytes)
    init(bytes: RawSpan, query: ByteRange, isWebSocket: Bool) {
        self.bytes = bytes
        self.query = query
        self.isWebSocket = isWebSocket
    }

    /// The token's place.
    func find(_ sources: [AuthGuard.Source], fields: borrowing HeaderFields) -> TokenPlace {
        for source in sources {
            let place = find(source, fields)
            if place != .none { return place }
        }
        return .none
    }

    private func find(
        _ source: AuthGuard.Source, _ fields: borrowing HeaderFields
    ) -> TokenPlace {
        switch source {
        case .authorization: return inAuthorization(fields)
        case .header(let name): return inHeader(name, fields)
        case .cookie(let name): return inCookies(name, fields)
        case .query(let name): return inQuery(name)
        case .subprotocol: return isWebSocket ? inSubprotocols(fields) : .none
        }
    }

    /// The value of Authorization, if there is exactly one.
    func authorization(_ fields: borrowing HeaderFields) -> ByteRange? {
        guard case .at(let range) = onlyAuthorization(fields) else { return nil }
        return range
    }

    private func onlyAuthorization(_ fields: borrowing HeaderFields) -> TokenPlace {
        var found: ByteRange?
        for index in 0..<fields.count
        where bytes.equalsIgnoringCase(fields[index].name, "authorization") {
            if found != nil { return .unclear }
            found = fields[index].value
        }
        guard let found, !found.isEmpty else { return .none }
        return .at(found)
    }

    /// The value of the only field of this name.
    private func single(_ name: [UInt8], _ fields: borrowing HeaderFields) -> TokenPlace {
        var found: ByteRange?
        for index in 0..<fields.count where isEqual(fields[index].name, name, foldingCase: true) {
            if found != nil { return .unclear }
            found = fields[index].value
        }
        guard let found, !found.isEmpty else { return .none }
        return .at(found)
    }

    private func inAuthorization(_ fields: borrowing HeaderFields) -> TokenPlace {
        let place = onlyAuthorization(fields)
        guard case .at(let value) = place else { return place }
        // Another scheme says nothing of a token.
        guard let token = afterScheme("bearer", value) else { return .none }
        return token.isEmpty ? .unclear : .at(token)
    }

    private func inHeader(_ name: [UInt8], _ fields: borrowing HeaderFields) -> TokenPlace {
        let place = single(name, fields)
        guard case .at(let value) = place else { return place }
        // It holds the token alone, with or without the scheme.
        guard let token = afterScheme("bearer", value) else { return .at(value) }
        return token.isEmpty ? .unclear : .at(token)
    }

    /// What follows the name of a scheme (RFC 9110, 11.4), or nil if the value has another one.
    ///
    /// - Parameter scheme: Lower-case.
    func afterScheme(_ scheme: StaticString, _ value: ByteRange) -> ByteRange? {
        let count = scheme.utf8CodeUnitCount
        guard Int(value.count) >= count,
            bytes.equalsIgnoringCase(
                ByteRange(offset: value.offset, count: UInt32(count)), scheme)
        else { return nil }
        var start = value.first + count
        guard start < value.limit else { return ByteRange(from: start, to: start) }
        guard bytes.octet(at: start) == OctetClass.space else { return nil }
        while start < value.limit, bytes.octet(at: start) == OctetClass.space { start += 1 }
        return ByteRange(from: start, to: value.limit)
    }

    private func inCookies(_ name: [UInt8], _ fields: borrowing HeaderFields) -> TokenPlace {
        var found: ByteRange?
        for index in 0..<fields.count
        where bytes.equalsIgnoringCase(fields[index].name, "cookie") {
            let field = fields[index].value
            var start = field.first
            while start < field.limit {
                var end = start
                while end < field.limit, bytes.octet(at: end) != UInt8(ascii: ";") { end += 1 }
                if let value = value(of: name, in: start..<end) {
                    if found != nil { return .unclear }
                    found = value
                }
                start = end + 1
            }
        }
        guard let found, !found.isEmpty else { return .none }
        return .at(found)
    }

    private func inQuery(_ name: [UInt8]) -> TokenPlace {
        var found: ByteRange?
        var pairs = QueryPairs(query)
        while let pair = pairs.next(in: bytes) {
            guard let end = QueryPairs.nameEnd(of: pair, ifNamed: name, in: bytes), end < pair.limit
            else { continue }
            if found != nil { return .unclear }
            found = ByteRange(from: end + 1, to: pair.limit)
        }
        guard let found, !found.isEmpty else { return .none }
        return .at(found)
    }

    /// The value of `name=value`, blanks around the pair aside.
    private func value(of name: [UInt8], in range: Range<Int>) -> ByteRange? {
        var start = range.lowerBound
        var end = range.upperBound
        while start < end, OctetClass.isBlank(bytes.octet(at: start)) { start += 1 }
        while end > start, OctetClass.isBlank(bytes.octet(at: end - 1)) { end -= 1 }
        let nameEnd = start + name.count
        guard nameEnd < end, bytes.octet(at: nameEnd) == UInt8(ascii: "="),
            isEqual(ByteRange(from: start, to: nameEnd), name, foldingCase: false)
        else { return nil }
        return ByteRange(from: nameEnd + 1, to: end)
    }

    /// `bearer, <token>` among the subprotocols: what a browser can send with a WebSocket.
    private func inSubprotocols(_ fields: borrowing HeaderFields) -> TokenPlace {
        var isNext = false
        var found: ByteRange?
        for index in 0..<fields.count where fields.kind(at: index) == .secWebSocketProtocol {
            var list = ListCursor(fields[index].value)
            while let element = list.next(in: bytes) {
                if isNext {
                    found = element
                    isNext = false
                } else if bytes.octets(element).isEqual(to: "bearer") {
                    if found != nil { return .unclear }
                    isNext = true
                }
            }
        }
        if isNext { return .unclear }
        return found.map { .at($0) } ?? .none
    }

    private func isEqual(_ range: ByteRange, _ name: [UInt8], foldingCase: Bool) -> Bool {
        guard Int(range.count) == name.count else { return false }
        for index in name.indices {
            let byte = bytes.octet(at: range.first + index)
            if (foldingCase ? OctetClass.lowercased(byte) : byte) != name[index] { return false }
        }
        return true
    }
}
