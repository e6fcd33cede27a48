import RouteTable

/// The parts of a request line (RFC 9112, 3), without the empty lines before it.
struct RequestLine {
    enum Outcome {
        case incomplete
        case complete(RequestLine)
        case refused(HeadFault)
    }

    /// A part of the line that ended before `end`.
    private enum Part {
        case end(Int)
        case incomplete
        case refused(HeadFault)
    }

    var methodRange: ByteRange
    var method: Method
    var target: ByteRange
    var form = RequestHead.TargetForm.origin
    /// The authority of an absolute target.
    var authority = ByteRange.empty
    /// Whether the scheme of an absolute target is `https` or `wss`.
    var isSchemeSecure = false
    var path = ByteRange.empty
    var query = ByteRange.empty
    var hasQuery = false
    var version: HTTPVersion
    /// Offset of the first field line.
    var end: Int

    /// `HTTP/1.1` as a word, the first byte in the lowest bits.
    private static let usualVersion: UInt64 = 0x312E_312F_5054_5448

    static func parse(_ bytes: RawSpan, limits: HeadLimits) -> Outcome {
        let start: Int
        switch lineStart(bytes) {
        case .end(let offset): start = offset
        case .incomplete: return .incomplete
        case .refused(let fault): return .refused(fault)
        }
        let methodEnd: Int
        switch methodPart(bytes, from: start) {
        case .end(let offset): methodEnd = offset
        case .incomplete: return .incomplete
        case .refused(let fault): return .refused(fault)
        }
        let targetEnd: Int
        switch targetPart(bytes, from: methodEnd + 1, limits: limits) {
        case .end(let offset): targetEnd = offset
        case .incomplete: return .incomplete
        case .refused(let fault): return .refused(fault)
        }
        let methodRange = ByteRange(from: start, to: methodEnd)
        var line = RequestLine(
            methodRange: methodRange,
            method: Method(methodRange, in: bytes),
            target: ByteRange(from: methodEnd + 1, to: targetEnd),
            version: .http11,
            end: 0)
        switch line.readVersion(bytes, from: targetEnd + 1) {
        case .end(let offset): line.end = offset
        case .incomplete: return .incomplete
        case .refused(let fault): return .refused(fault)
        }
        if let fault = line.readTarget(bytes) { return .refused(fault) }
        return .complete(line)
    }

    /// Skips empty lines, which some clients send after the content of the request before.
    private static func lineStart(_ bytes: RawSpan) -> Part {
        var offset = 0
        for _ in 0...HeadLimits.leadingLineCountMax {
            guard offset < bytes.byteCount else { return .incomplete }
            let byte = bytes.octet(at: offset)
            guard byte == OctetClass.carriageReturn || byte == OctetClass.lineFeed else {
                return .end(offset)
            }
            if let fault = FieldSection.lineEndFault(bytes, at: offset) { return .refused(fault) }
            guard offset + 1 < bytes.byteCount else { return .incomplete }
            offset += 2
        }
        return .refused(.tooManyLeadingLines)
    }

    private static func methodPart(_ bytes: RawSpan, from start: Int) -> Part {
        let offset = OctetScan.tokenEnd(in: bytes, from: start)
        guard offset - start <= HeadLimits.methodByteCountMax else {
            return .refused(.unknownMethod)
        }
        guard offset < bytes.byteCount else { return .incomplete }
        guard bytes.octet(at: offset) == OctetClass.space, offset > start else {
            return .refused(
                bytes.octet(at: offset) == OctetClass.lineFeed ? .bareLineFeed : .invalidMethod)
        }
        return .end(offset)
    }

    private static func targetPart(
        _ bytes: RawSpan, from start: Int, limits: HeadLimits
    ) -> Part {
        let offset = OctetScan.targetEnd(in: bytes, from: start)
        guard offset - start <= limits.targetByteCountMax else { return .refused(.targetTooLong) }
        guard offset < bytes.byteCount else { return .incomplete }
        switch bytes.octet(at: offset) {
        case OctetClass.space where offset > start: return .end(offset)
        case OctetClass.lineFeed: return .refused(.bareLineFeed)
        case OctetClass.carriageReturn: return .refused(.invalidRequestLine)
        default: return .refused(.invalidTarget)
        }
    }

    /// Reads `HTTP/1.0` or `HTTP/1.1` and the end of the line.
    private mutating func readVersion(_ bytes: RawSpan, from start: Int) -> Part {
        // Almost every line ends with these ten bytes.
        if start + 10 <= bytes.byteCount, bytes.word(at: start) == Self.usualVersion,
            bytes.octet(at: start + 8) == OctetClass.carriageReturn,
            bytes.octet(at: start + 9) == OctetClass.lineFeed
        {
            version = .http11
            return .end(start + 10)
        }
        let prefix: StaticString = "HTTP/"
        for index in 0..<8 {
            guard start + index < bytes.byteCount else { return .incomplete }
            let byte = bytes.octet(at: start + index)
            let fits =
                switch index {
                case 5, 7: OctetClass.isDigit(byte)
                case 6: byte == 0x2E
                default: byte == prefix.octets.octet(at: index)
                }
            guard fits else { return .refused(.invalidRequestLine) }
        }
        guard start + 8 < bytes.byteCount else { return .incomplete }
        switch bytes.octet(at: start + 8) {
        case OctetClass.carriageReturn: break
        case OctetClass.lineFeed: return .refused(.bareLineFeed)
        default: return .refused(.invalidRequestLine)
        }
        let minor = bytes.octet(at: start + 7)
        guard bytes.octet(at: start + 5) == 0x31, minor == 0x30 || minor == 0x31 else {
            return .refused(.versionNotSupported)
        }
        version = minor == 0x31 ? .http11 : .http10
        guard start + 9 < bytes.byteCount else { return .incomplete }
        guard bytes.octet(at: start + 9) == OctetClass.lineFeed else {
            return .refused(.bareCarriageReturn)
        }
        return .end(start + 10)
    }
}
