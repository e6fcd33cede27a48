import RouteTable

/// Which answers may be kept and given to whoever asks for the same: those that a shared cache may store and
/// give when they are stale (RFC 9111, 3 and 4.2.4), and of them only those to requests that say nothing of
/// who asks.
package enum StorableExchange {
    /// Whether a request may be answered by what somebody else was answered.
    package static func isAnonymous(
        _ head: RequestHead, fields: borrowing HeaderFields, in bytes: RawSpan
    ) -> Bool {
        guard head.method == .get || head.method == .head, head.upgrade == .none,
            head.requestProtocol == .http, !head.framing.hasContent,
            !fields.contains(.authorization)
        else { return false }
        for index in 0..<fields.count {
            let name = fields[index].name
            if fields.kind(at: index) == .other, !isOrdinary(name, in: bytes) { return false }
            if bytes.equalsIgnoringCase(name, "cache-control") {
                var directives = ListCursor(fields[index].value)
                while let directive = directives.next(in: bytes) {
                    if bytes.equalsIgnoringCase(directive, "no-store") { return false }
                }
            }
        }
        return true
    }

    /// Whether a field is known to say nothing of who asks. Of all others (Authorization, Cookie, `X-API-Key`,
    /// `Remote-User`, whatever a backend may go by) that can't be known.
    private static func isOrdinary(_ name: ByteRange, in bytes: RawSpan) -> Bool {
        hasPrefix("accept-", name, bytes) || hasPrefix("sec-", name, bytes)
            || hasPrefix("if-", name, bytes) || bytes.equalsIgnoringCase(name, "user-agent")
            || bytes.equalsIgnoringCase(name, "cache-control")
            || bytes.equalsIgnoringCase(name, "pragma")
            || bytes.equalsIgnoringCase(name, "referer")
            || bytes.equalsIgnoringCase(name, "range") || bytes.equalsIgnoringCase(name, "dnt")
            || bytes.equalsIgnoringCase(name, "upgrade-insecure-requests")
            || bytes.equalsIgnoringCase(name, "priority")
            || bytes.equalsIgnoringCase(name, "save-data")
            || bytes.equalsIgnoringCase(name, "via") || bytes.equalsIgnoringCase(name, "date")
    }

    private static func hasPrefix(
        _ prefix: StaticString, _ name: ByteRange, _ bytes: RawSpan
    ) -> Bool {
        let count = prefix.utf8CodeUnitCount
        return Int(name.count) > count
            && bytes.equalsIgnoringCase(
                ByteRange(from: name.first, to: name.first + count), prefix)
    }

    /// Whether an answer to such a request may be kept.
    package static func isShareable(
        _ head: ResponseHead, fields: borrowing HeaderFields, in bytes: RawSpan
    ) -> Bool {
        guard head.status == .ok, !head.isEventStream else { return false }
        switch head.framing {
        case .length, .chunked: break
        // Whether it is whole can't be told.
        case .none, .untilClose: return false
        }
        for index in 0..<fields.count {
            let name = fields[index].name
            let value = fields[index].value
            if bytes.equalsIgnoringCase(name, "set-cookie") { return false }
            if bytes.equalsIgnoringCase(name, "cache-control"), forbids(value, in: bytes) {
                return false
            }
            if bytes.equalsIgnoringCase(name, "vary"), isVaried(value, in: bytes) { return false }
        }
        return true
    }

    /// Whether another answer than a good one has taken the place of what is kept: what the backend says
    /// now is newer, if it says it of the resource and not of the request (a part that is not there, a condition
    /// that does not hold, too many requests).
    package static func replaces(_ status: HTTPStatus) -> Bool {
        switch status.rawValue {
        case 200...205, 300...303, 307, 308, 401, 403, 404, 410, 451: true
        default: false
        }
    }

    /// Whether Cache-Control keeps an answer for one client, or from being given when it is stale.
    private static func forbids(_ value: ByteRange, in bytes: RawSpan) -> Bool {
        var directives = ListCursor(value)
        while let directive = directives.next(in: bytes) {
            var end = directive.first
            while end < directive.limit, bytes.octet(at: end) != UInt8(ascii: "=") { end += 1 }
            let name = ByteRange(from: directive.first, to: end)
            let isForbidding =
                bytes.equalsIgnoringCase(name, "no-store")
                || bytes.equalsIgnoringCase(name, "private")
                || bytes.equalsIgnoringCase(name, "no-cache")
                || bytes.equalsIgnoringCase(name, "must-revalidate")
                || bytes.equalsIgnoringCase(name, "proxy-revalidate")
                || bytes.equalsIgnoringCase(name, "s-maxage")
            if isForbidding { return true }
        }
        return false
    }

    /// Whether the answer depends on more of the request than its key says.
    private static func isVaried(_ value: ByteRange, in bytes: RawSpan) -> Bool {
        var names = ListCursor(value)
        while let name = names.next(in: bytes) {
            if !bytes.equalsIgnoringCase(name, "accept-encoding") { return true }
        }
        return false
    }
}
