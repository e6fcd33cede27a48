import RouteTable

/// The parts of a status line (RFC 9112, 4).
struct StatusLine {
    enum Outcome {
        case incomplete
        case complete(StatusLine)
        case refused(HeadFault)
    }

    var version: HTTPVersion
    var status: HTTPStatus
    var reason: ByteRange
    /// Offset of the first field line.
    var end: Int

    /// - Note: A line that ends right behind the code is accepted: many servers leave out the space
    ///   before an empty reason phrase, and nothing else can be meant.
    static func parse(_ bytes: RawSpan) -> Outcome {
        if let number = plainStatus(bytes) {
            return reasonAndEnd(bytes, status: HTTPStatus(rawValue: number))
        }
        let prefix: StaticString = "HTTP/1."
        var number: UInt16 = 0
        for index in 0..<12 {
            guard index < bytes.byteCount else { return .incomplete }
            let byte = bytes.octet(at: index)
            let fits: Bool
            switch index {
            case 0..<7: fits = byte == prefix.octets.octet(at: index)
            case 7: fits = byte == 0x30 || byte == 0x31
            case 8: fits = byte == OctetClass.space
            default:
                fits = OctetClass.isDigit(byte)
                number = number &* 10 &+ UInt16(byte & 0x0F)
            }
            guard fits else { return .refused(.invalidStatusLine) }
        }
        guard 100..<600 ~= number else { return .refused(.invalidStatusCode) }
        return reasonAndEnd(bytes, status: HTTPStatus(rawValue: number))
    }

    /// The status of a line in which nothing is wrong up to its digits; nil: look closer.
    @inline(always)
    private static func plainStatus(_ bytes: RawSpan) -> UInt16? {
        guard bytes.byteCount >= 12 else { return nil }
        // "HTTP/1.0", and with the last bit "HTTP/1.1".
        guard bytes.word(at: 0) | 1 &<< 56 == 0x312E_312F_5054_5448,
            bytes.octet(at: 8) == OctetClass.space
        else { return nil }
        let hundreds = bytes.octet(at: 9) &- 0x30
        let tens = bytes.octet(at: 10) &- 0x30
        let ones = bytes.octet(at: 11) &- 0x30
        guard 1...5 ~= hundreds, tens < 10, ones < 10 else { return nil }
        return UInt16(hundreds) &* 100 &+ UInt16(tens) &* 10 &+ UInt16(ones)
    }

    private static func reasonAndEnd(_ bytes: RawSpan, status: HTTPStatus) -> Outcome {
        guard bytes.byteCount > 12 else { return .incomplete }
        var start = 12
        switch bytes.octet(at: 12) {
        case OctetClass.space: start = 13
        case OctetClass.carriageReturn, OctetClass.lineFeed: break
        default: return .refused(.invalidStatusLine)
        }
        let end = OctetScan.controlOffset(in: bytes, from: start)
        guard end < bytes.byteCount else { return .incomplete }
        if let fault = FieldSection.lineEndFault(bytes, at: end) { return .refused(fault) }
        guard end + 1 < bytes.byteCount else { return .incomplete }
        return .complete(
            StatusLine(
                version: bytes.octet(at: 7) == 0x31 ? .http11 : .http10,
                status: status,
                reason: ByteRange(from: start, to: end),
                end: end + 2))
    }
}
