import RouteTable

/// Whole streams: messages one behind the other, with their contents, cut anywhere.
extension HTTPFuzz {
    /// What a reader made of a stream: everything that could be passed on, and how it ended.
    private struct Transcript: Equatable {
        var bytes: [UInt8] = []
        var messageCount = 0
        /// Number of the fault, and one more; 0: none so far.
        var fault = 0
        /// Nothing more can be read: a fault, or a content until the close.
        var hasEnded = false
    }

    /// What comes next in a stream.
    private enum Part {
        case head
        case length(UInt64)
        case chunks(ChunkedDecoder)
        case untilClose
    }

    /// The property of streams that does not hold for `bytes`, or `nil`.
    ///
    /// The stream is read as one of requests and one of answers: at once, byte by byte, and in pieces whose
    /// sizes the bytes themselves draw.
    package static func streamViolation(_ bytes: RawSpan) -> StaticString? {
        for isRequest in [true, false] {
            let whole = read(bytes, isRequest: isRequest) { bytes.byteCount - $0 }
            if read(bytes, isRequest: isRequest, pieceByteCount: { _ in 1 }) != whole {
                return "a stream read byte by byte is read otherwise than at once"
            }
            var draw = UInt64(bytes.byteCount) &* 0x9E37_79B9_7F4A_7C15
            let pieces = read(bytes, isRequest: isRequest) { offset in
                draw = (draw ^ UInt64(bytes.octet(at: offset))) &* 0xD134_2543_DE82_EF95
                return 1 + Int(draw &>> 58)
            }
            if pieces != whole { return "a stream in pieces is read otherwise than at once" }
        }
        return nil
    }

    /// Reads the stream as a connection does: what is left of a piece is kept in front of the next.
    private static func read(
        _ bytes: RawSpan, isRequest: Bool, pieceByteCount: (_ offset: Int) -> Int
    ) -> Transcript {
        var transcript = Transcript()
        var part = Part.head
        var fields = HeaderFields()
        var start = 0
        var end = 0
        var resume = 0
        while !transcript.hasEnded {
            let before = (start, transcript.messageCount)
            step(bytes, &start, end, &part, &resume, &fields, isRequest, &transcript)
            if transcript.hasEnded || before != (start, transcript.messageCount) { continue }
            guard end < bytes.byteCount else {
                // A head without an end may hold a fault that a reader of pieces has not looked for yet.
                guard case .head = part, resume > 0, start < end else { return transcript }
                resume = 0
                step(bytes, &start, end, &part, &resume, &fields, isRequest, &transcript)
                return transcript
            }
            end = min(bytes.byteCount, end + max(1, pieceByteCount(end)))
        }
        return transcript
    }

    /// Takes what can be taken of `start..<end`.
    private static func step(
        _ bytes: RawSpan, _ start: inout Int, _ end: Int, _ part: inout Part, _ resume: inout Int,
        _ fields: inout HeaderFields, _ isRequest: Bool, _ transcript: inout Transcript
    ) {
        switch part {
        case .head:
            guard start < end else { return }
            let piece = bytes.extracting(start..<end)
            let found =
                isRequest
                ? request(piece, &resume, &fields, &transcript)
                : answer(piece, &resume, &fields, &transcript)
            guard let (byteCount, next) = found else { return }
            start += byteCount
            resume = 0
            part = next
            transcript.messageCount += 1
        case .length(let left):
            let count = Int(min(left, UInt64(end - start)))
            pass(bytes, start..<start + count, to: &transcript)
            start += count
            part = left == UInt64(count) ? .head : .length(left - UInt64(count))
            if left == UInt64(count) { transcript.messageCount += 1 }
        case .untilClose:
            pass(bytes, start..<end, to: &transcript)
            start = end
        case .chunks(var decoder):
            chunks(bytes, &start, end, &decoder, &fields, &transcript)
            part = decoder.isFinished ? .head : .chunks(decoder)
            if decoder.isFinished { transcript.messageCount += 1 }
        }
    }

    private static func pass(_ bytes: RawSpan, _ range: Range<Int>, to transcript: inout Transcript)
    {
        for offset in range { transcript.bytes.append(bytes.octet(at: offset)) }
    }

    private static func fail(_ number: Int, _ transcript: inout Transcript) {
        transcript.fault = number
        transcript.hasEnded = true
    }

    private static func request(
        _ piece: RawSpan, _ resume: inout Int, _ fields: inout HeaderFields,
        _ transcript: inout Transcript
    ) -> (Int, Part)? {
        switch RequestHeadParser.parse(
            piece, limits: HeadLimits(), fields: &fields, resume: &resume)
        {
        case .incomplete: return nil
        case .refused(let fault), .unserved(_, let fault):
            fail(1 + Int(fault.rawValue), &transcript)
            return nil
        case .complete(let head):
            pass(piece, 0..<head.byteCount, to: &transcript)
            switch head.framing {
            case .none, .length(0): return (head.byteCount, .head)
            case .length(let byteCount): return (head.byteCount, .length(byteCount))
            case .chunked: return (head.byteCount, .chunks(ChunkedDecoder(byteCountMax: 1 << 40)))
            }
        }
    }

    private static func answer(
        _ piece: RawSpan, _ resume: inout Int, _ fields: inout HeaderFields,
        _ transcript: inout Transcript
    ) -> (Int, Part)? {
        let outcome = ResponseHeadParser.parse(
            piece, method: .get, limits: HeadLimits(), fields: &fields, resume: &resume)
        switch outcome {
        case .incomplete: return nil
        case .invalid(let fault):
            fail(1 + Int(fault.rawValue), &transcript)
            return nil
        case .complete(let head):
            pass(piece, 0..<head.byteCount, to: &transcript)
            switch head.framing {
            case .none, .length(0): return (head.byteCount, .head)
            case .length(let byteCount): return (head.byteCount, .length(byteCount))
            case .chunked: return (head.byteCount, .chunks(ChunkedDecoder(byteCountMax: 1 << 40)))
            case .untilClose: return (head.byteCount, .untilClose)
            }
        }
    }

    private static func chunks(
        _ bytes: RawSpan, _ start: inout Int, _ end: Int, _ decoder: inout ChunkedDecoder,
        _ fields: inout HeaderFields, _ transcript: inout Transcript
    ) {
        // One byte at a time, so that what was passed on before a fault does not depend on the cuts.
        while start < end, !decoder.isFinished, !transcript.hasEnded {
            if decoder.awaitsTrailer {
                return trailer(bytes, &start, end, &decoder, &fields, &transcript)
            }
            var byte = [bytes.octet(at: start)]
            var span = byte.mutableSpan
            // SAFETY: the view is of bytes and ends before the array is read.
            var raw = unsafe span.mutableBytes
            switch decoder.decode(&raw, from: 0) {
            case .refused(let fault): return fail(100 + Int(fault.rawValue), &transcript)
            case .decoded(let step):
                transcript.bytes += byte[step.payload]
                start += step.consumedByteCount
            }
        }
    }

    private static func trailer(
        _ bytes: RawSpan, _ start: inout Int, _ end: Int, _ decoder: inout ChunkedDecoder,
        _ fields: inout HeaderFields, _ transcript: inout Transcript
    ) {
        switch TrailerSection.parse(bytes.extracting(start..<end), fields: &fields) {
        case .incomplete: return
        case .refused(let fault): fail(100 + Int(fault.rawValue), &transcript)
        case .complete(let byteCount):
            pass(bytes, start..<start + byteCount, to: &transcript)
            start += byteCount
            decoder.finishTrailer()
        }
    }

    /// The property of PROXY headers that does not hold for `bytes`, or `nil`.
    package static func proxyHeaderViolation(_ bytes: RawSpan) -> StaticString? {
        let whole = ProxyHeader.parse(bytes)
        for count in 0..<bytes.byteCount {
            let outcome = ProxyHeader.parse(bytes.extracting(first: count))
            if outcome == .incomplete { continue }
            return outcome == whole ? nil : "a PROXY header in pieces is read otherwise than whole"
        }
        guard case .complete(let header) = whole else { return nil }
        return header.byteCount > 0 && header.byteCount <= bytes.byteCount
            ? nil : "a PROXY header longer than the bytes"
    }
}
