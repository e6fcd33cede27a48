import RouteTable

/// Properties that hold for any bytes whatever: the entry for a fuzzer and for mutation tests.
package enum HTTPFuzz {
    /// Stops the process with a sentence if a property does not hold for `bytes`.
    package static func run(_ bytes: RawSpan) {
        if let violation = violation(bytes) { fatalError("\(violation)") }
    }

    /// The property that does not hold for `bytes`, or `nil`.
    ///
    /// The bytes are taken for a request, for a response and for a chunked content in turn.
    package static func violation(_ bytes: RawSpan) -> StaticString? {
        requestViolation(bytes) ?? responseViolation(bytes) ?? chunkViolation(bytes)
    }

    private static let limits = HeadLimits(headByteCountMax: 4096, targetByteCountMax: 1024)

    /// Whether an empty line ends a head somewhere. While there is none, a parser that was given
    /// the bytes in pieces may not have looked at all of them closely.
    private static func hasEmptyLine(_ bytes: RawSpan) -> Bool {
        var offset = 0
        while offset < bytes.byteCount, isLineEnd(bytes.octet(at: offset)) { offset += 1 }
        while offset + 4 <= bytes.byteCount {
            if bytes.extracting(offset..<offset + 4).isEqual(to: "\r\n\r\n") { return true }
            offset += 1
        }
        return false
    }

    /// Whether both ways of reading refuse a head that is too large. The reason may differ: in pieces
    /// nobody looks behind the limit.
    private static func isRefusedEitherWay(
        _ bytes: RawSpan, _ inPieces: Bool, _ whole: Bool
    ) -> Bool {
        bytes.byteCount > limits.headByteCountMax && inPieces && whole
    }

    private static func isLineEnd(_ byte: UInt8) -> Bool {
        byte == OctetClass.carriageReturn || byte == OctetClass.lineFeed
    }

    // MARK: Requests

    /// The property of request heads that does not hold for `bytes`, or `nil`.
    package static func requestViolation(_ bytes: RawSpan) -> StaticString? {
        var fields = HeaderFields()
        var resume = 0
        let whole = RequestHeadParser.parse(
            bytes, limits: limits, fields: &fields, resume: &resume)
        let pieces = inPieces(bytes)
        if pieces != whole, pieces != .incomplete || hasEmptyLine(bytes),
            !isRefusedEitherWay(bytes, pieces.isRefused, whole.isRefused)
        {
            return "a request in pieces is read otherwise than whole"
        }
        guard case .complete(let head) = whole else { return nil }
        guard head.byteCount <= bytes.byteCount else { return "a head longer than the bytes" }
        guard head.upgrade.refusal == nil else { return nil }
        for options in [
            ForwardContext.Options.answersContinue, [.answersContinue, .clientIsTrusted],
        ] {
            if let found = rewritingViolation(head, fields, bytes, options) { return found }
        }
        return nil
    }

    private static func rewritingViolation(
        _ head: RequestHead, _ fields: borrowing HeaderFields, _ bytes: RawSpan,
        _ options: ForwardContext.Options
    ) -> StaticString? {
        var writer = ByteWriter(capacity: 16 * 1024)
        let context = ForwardContext(
            clientAddress: ("192.0.2.1" as StaticString).octets,
            hostOverride: head.host.isEmpty ? ("upstream" as StaticString).octets : RawSpan(),
            requestID: ("0123456789abcdef" as StaticString).octets,
            additionalFields: RawSpan(), scheme: .https, options: options)
        RequestWriter.write(
            head, fields: fields, bytes: bytes,
            target: head.targetForm == .asterisk
                ? ("*" as StaticString).octets
                : ("/a?b" as StaticString).octets,
            context: context, into: &writer)
        guard !writer.isOverflowed else { return "a rewritten request that does not fit" }
        return rewrittenViolation(head, writer.written)
    }

    /// The outcome when the bytes come one at a time.
    private static func inPieces(_ bytes: RawSpan) -> RequestHeadParser.Outcome {
        var fields = HeaderFields()
        var resume = 0
        for count in 0..<bytes.byteCount {
            let outcome = RequestHeadParser.parse(
                bytes.extracting(first: count), limits: limits, fields: &fields, resume: &resume)
            if outcome != .incomplete { return outcome }
        }
        return RequestHeadParser.parse(bytes, limits: limits, fields: &fields, resume: &resume)
    }

    private static func rewrittenViolation(
        _ head: RequestHead, _ written: RawSpan
    ) -> StaticString? {
        var fields = HeaderFields(capacity: 256)
        var resume = 0
        let again = RequestHeadParser.parse(
            written, limits: HeadLimits(), fields: &fields, resume: &resume)
        guard case .complete(let other) = again else { return "a rewritten request is refused" }
        guard other.byteCount == written.byteCount else { return "a rewritten request ends early" }
        guard other.framing == (head.upgrade == .webSocket ? .none : head.framing) else {
            return "a rewritten request is framed otherwise"
        }
        guard other.method == head.method, other.upgrade == head.upgrade, other.version == .http11
        else { return "a rewritten request means something else" }
        for index in 0..<fields.count {
            switch fields.kind(at: index) {
            case .host, .contentLength, .transferEncoding: break
            case .connection where head.upgrade == .webSocket || fields.contains(.te): break
            case .upgrade where head.upgrade == .webSocket: break
            case .te where head.flags.contains(.acceptsTrailers): break
            case .trailer where head.framing == .chunked: break
            case .forwarded where !ForwardedElements.areValid(fields[index].value, in: written):
                return "a Forwarded that can't be read is passed on"
            case let kind where kind.isHopByHop: return "a hop-by-hop field was passed on"
            default: break
            }
        }
        return nil
    }

    // MARK: Responses

    /// The property of response heads that does not hold for `bytes`, or `nil`.
    package static func responseViolation(_ bytes: RawSpan) -> StaticString? {
        for method in [Method.get, .head] {
            var fields = HeaderFields()
            var resume = 0
            let whole = ResponseHeadParser.parse(
                bytes, method: method, limits: limits, fields: &fields, resume: &resume)
            let pieces = inPieces(bytes, method)
            if pieces != whole, pieces != .incomplete || hasEmptyLine(bytes),
                !isRefusedEitherWay(bytes, pieces.isRefused, whole.isRefused)
            {
                return "a response in pieces is read otherwise than whole"
            }
            guard case .complete(let head) = whole, !head.isSwitchingProtocols else { continue }
            for version in [HTTPVersion.http10, .http11] {
                let terms = ClientTerms(method: method, version: version, keepAlive: true)
                var writer = ByteWriter(capacity: 16 * 1024)
                let plan = ResponseWriter.write(
                    head, fields: fields, bytes: bytes, terms: terms, into: &writer)
                guard !writer.isOverflowed else { return "a rewritten response does not fit" }
                if writer.count == 0, head.isInterim { continue }
                if let found = rewrittenViolation(plan, terms, writer.written) { return found }
            }
        }
        return nil
    }

    private static func inPieces(_ bytes: RawSpan, _ method: Method) -> ResponseHeadParser.Outcome {
        var fields = HeaderFields()
        var resume = 0
        for count in 0..<bytes.byteCount {
            let outcome = ResponseHeadParser.parse(
                bytes.extracting(first: count), method: method, limits: limits, fields: &fields,
                resume: &resume)
            if outcome != .incomplete { return outcome }
        }
        return ResponseHeadParser.parse(
            bytes, method: method, limits: limits, fields: &fields, resume: &resume)
    }

    private static func rewrittenViolation(
        _ plan: ResponseWriter.Plan, _ terms: ClientTerms, _ written: RawSpan
    ) -> StaticString? {
        var fields = HeaderFields(capacity: 256)
        var resume = 0
        let again = ResponseHeadParser.parse(
            written, method: terms.method, limits: HeadLimits(), fields: &fields, resume: &resume)
        guard case .complete(let head) = again else { return "a rewritten response is refused" }
        guard head.byteCount == written.byteCount else { return "a rewritten response ends early" }
        guard head.framing == plan.framing else {
            return "a rewritten response is framed otherwise"
        }
        for index in 0..<fields.count {
            switch fields.kind(at: index) {
            case .contentLength, .transferEncoding, .connection: break
            case .trailer where plan.framing == .chunked: break
            case .upgrade where head.status == .upgradeRequired: break
            case let kind where kind.isHopByHop: return "a hop-by-hop field was passed back"
            default: break
            }
        }
        return nil
    }

    // MARK: Chunks

    /// The property of chunked contents that does not hold for `bytes`, or `nil`.
    package static func chunkViolation(_ bytes: RawSpan) -> StaticString? {
        let whole = decoded(bytes, pieceByteCount: max(1, bytes.byteCount))
        for pieceByteCount in [1, 7] {
            let pieces = decoded(bytes, pieceByteCount: pieceByteCount)
            if pieces.fault != whole.fault || pieces.isFinished != whole.isFinished {
                return "a chunked content in pieces ends otherwise than whole"
            }
            // A refused read gives no payload, so only what was accepted as a whole can be
            // compared.
            if whole.fault == nil, pieces != whole {
                return "a chunked content in pieces is read otherwise than whole"
            }
        }
        return trailerViolation(whole.trailer)
    }

    /// What was passed on of a trailer is one itself, and passing it on again changes nothing.
    private static func trailerViolation(_ written: [UInt8]) -> StaticString? {
        guard !written.isEmpty else { return nil }
        var fields = HeaderFields()
        // SAFETY: the view is of bytes and is used while the array lives.
        let section = unsafe written.span.bytes.extracting(3..<written.count)
        guard
            TrailerSection.parse(section, fields: &fields)
                == .complete(byteCount: section.byteCount)
        else { return "a rewritten trailer is refused" }
        return passed(fields, section) == written ? nil : "a rewritten trailer is changed again"
    }

    private struct Decoded: Equatable {
        var payload: [UInt8] = []
        var consumedByteCount = 0
        var isFinished = false
        /// The last chunk and the fields that are passed on behind it; empty if there were none.
        var trailer: [UInt8] = []
        var fault: ChunkFault?
    }

    private static func decoded(_ bytes: RawSpan, pieceByteCount: Int) -> Decoded {
        var decoder = ChunkedDecoder(byteCountMax: 1 << 40)
        var result = Decoded()
        while result.consumedByteCount < bytes.byteCount, !decoder.isFinished {
            let start = result.consumedByteCount
            let end = min(start + pieceByteCount, bytes.byteCount)
            var buffer = (start..<end).map { bytes.octet(at: $0) }
            var span = buffer.mutableSpan
            // SAFETY: the view is of bytes and ends before the array is read.
            var raw = unsafe span.mutableBytes
            switch decoder.decode(&raw, from: 0) {
            case .refused(let fault):
                result.fault = fault
                return result
            case .decoded(let step):
                result.payload += buffer[step.payload]
                result.consumedByteCount += step.consumedByteCount
                result.isFinished = step.isFinished
                guard step.startsTrailer else { continue }
                readTrailer(bytes, pieceByteCount, from: end, &decoder, &result)
                if !result.isFinished { return result }
            }
        }
        return result
    }

    /// Gives the trailer the bytes up to `end`, and more of them while it has no end.
    private static func readTrailer(
        _ bytes: RawSpan, _ pieceByteCount: Int, from end: Int, _ decoder: inout ChunkedDecoder,
        _ result: inout Decoded
    ) {
        var fields = HeaderFields()
        var end = end
        while true {
            let section = bytes.extracting(result.consumedByteCount..<end)
            switch TrailerSection.parse(section, fields: &fields) {
            case .incomplete where end < bytes.byteCount:
                end = min(end + pieceByteCount, bytes.byteCount)
            case .incomplete: return
            case .refused(let fault):
                result.fault = fault
                return
            case .complete(let byteCount):
                decoder.finishTrailer()
                result.consumedByteCount += byteCount
                result.isFinished = true
                if fields.count > 0 { result.trailer = passed(fields, section) }
                return
            }
        }
    }

    /// What is passed on of a trailer.
    private static func passed(_ fields: borrowing HeaderFields, _ bytes: RawSpan) -> [UInt8] {
        var writer = ByteWriter(capacity: 2 * TrailerSection.byteCountMax)
        TrailerSection.write(fields, bytes: bytes, passesFields: true, into: &writer)
        let written = writer.written
        return (0..<written.byteCount).map { written.octet(at: $0) }
    }
}

extension RequestHeadParser.Outcome {
    fileprivate var isRefused: Bool {
        switch self {
        case .refused, .unserved: true
        case .incomplete, .complete: false
        }
    }
}

extension ResponseHeadParser.Outcome {
    fileprivate var isRefused: Bool {
        if case .invalid = self { true } else { false }
    }
}
