import RouteTable

/// What a backend says of how long it keeps an idle connection: `Keep-Alive: timeout=5, max=100`, of which RFC 9112,
/// C.2.2 has the history. Who uses the connection at its end may lose a request to that.
package struct KeepAliveHint: BitwiseCopyable, Equatable, Sendable {
    /// So much before the end a connection is not used any more, or half of a shorter time.
    private static let marginMilliseconds: UInt32 = 1_000
    /// More than any pool keeps.
    private static let secondsMax: UInt32 = 1_000_000

    private var timeoutSeconds: UInt32?
    /// How many more requests it takes.
    private var requestCount: UInt32?

    /// - Returns: nil if there is no such field, or more than one, or it can't be read in one way only.
    package init?(_ fields: borrowing HeaderFields, _ bytes: RawSpan) {
        var value: ByteRange?
        for index in 0..<fields.count where fields.kind(at: index) == .keepAlive {
            guard value == nil else { return nil }
            value = fields[index].value
        }
        guard let value else { return nil }
        var list = ListCursor(value)
        while let element = list.next(in: bytes) {
            guard read(element, bytes) else { return nil }
        }
    }

    /// For how long a connection may be idle and still be used; 0: it takes no more requests.
    package var idleMillisecondsMax: UInt32 {
        if requestCount == 0 { return 0 }
        guard let timeoutSeconds else { return .max }
        let milliseconds = min(timeoutSeconds, Self.secondsMax) * 1_000
        return milliseconds - min(Self.marginMilliseconds, milliseconds / 2)
    }

    /// - Returns: Whether it is a parameter as there are.
    private mutating func read(_ element: ByteRange, _ bytes: RawSpan) -> Bool {
        var equals = element.first
        while equals < element.limit, OctetClass.isToken(bytes.octet(at: equals)) { equals += 1 }
        let name = ByteRange(from: element.first, to: equals)
        guard !name.isEmpty else { return false }
        let isTimeout = bytes.equalsIgnoringCase(name, "timeout")
        guard isTimeout || bytes.equalsIgnoringCase(name, "max") else {
            return isOther(element, from: equals, bytes)
        }
        guard equals < element.limit, bytes.octet(at: equals) == UInt8(ascii: "="),
            let number = number(from: equals + 1, to: element.limit, bytes)
        else { return false }
        if isTimeout {
            guard timeoutSeconds == nil else { return false }
            timeoutSeconds = number
        } else {
            guard requestCount == nil else { return false }
            requestCount = number
        }
        return true
    }

    /// A parameter that means nothing here: a token, or a token and another one.
    private func isOther(_ element: ByteRange, from equals: Int, _ bytes: RawSpan) -> Bool {
        if equals == element.limit { return true }
        guard bytes.octet(at: equals) == UInt8(ascii: "="), equals + 1 < element.limit else {
            return false
        }
        return (equals + 1..<element.limit).allSatisfy {
            OctetClass.isToken(bytes.octet(at: $0))
        }
    }

    /// Up to nine digits.
    private func number(from start: Int, to end: Int, _ bytes: RawSpan) -> UInt32? {
        guard (1...9).contains(end - start) else { return nil }
        var number: UInt32 = 0
        for offset in start..<end {
            let byte = bytes.octet(at: offset)
            guard OctetClass.isDigit(byte) else { return nil }
            number = number * 10 + UInt32(byte - UInt8(ascii: "0"))
        }
        return number
    }
}
