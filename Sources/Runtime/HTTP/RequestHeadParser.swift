import RouteTable

/// Reads request heads, strictly (RFC 9112): what could be read in two ways is refused, never
/// guessed.
package enum RequestHeadParser {
    /// What the bytes hold so far. The first fault counts: nothing behind it is looked at.
    package enum Outcome: Equatable, Sendable {
        /// The head has not ended yet, and nothing in it is wrong so far.
        case incomplete
        /// The head has ended. Content and further requests may follow it in the bytes.
        case complete(RequestHead)
        /// The head has ended and is clear, and what it asks for is not done here: TRACE, CONNECT, more content
        /// than may be, an unknown expectation. Answer with the fault's status and close.
        case unserved(RequestHead, HeadFault)
        /// Answer with the fault's status and close.
        case refused(HeadFault)
    }

    /// Looks for a head at the start of `bytes`.
    ///
    /// - Parameters:
    ///   - bytes: All that was received of this head. At most two empty lines before it are
    ///     skipped. The caller's buffer must hold more than `limits.headByteCountMax` bytes, so
    ///     that a head that is too large is seen to be.
    ///   - fields: Receives the field lines; what was there is forgotten. Only of use after
    ///     ``Outcome/complete(_:)``.
    ///   - resume: How much was looked at before. Zero for a new head; keep it with the connection
    ///     between calls, and give the same bytes with more behind them. It bounds the work for a
    ///     head that trickles in: the bytes are parsed when the first ones come and when the end
    ///     has come, and between that each byte is looked at once. A fault that is not in the line
    ///     ends or a control byte may so be found only at the end.
    /// - Complexity: O(*n*) for *n* bytes, over all calls.
    package static func parse(
        _ bytes: RawSpan, limits: HeadLimits, fields: inout HeaderFields, resume: inout Int
    ) -> Outcome {
        let known = resume
        resume = bytes.byteCount
        if known > 0, !HeadEnd.isWorthParsing(bytes, known: known, limits: limits) {
            return .incomplete
        }
        let outcome = parseWhole(bytes, limits: limits, fields: &fields)
        switch outcome {
        case .incomplete where bytes.byteCount > limits.headByteCountMax:
            return .refused(.headTooLarge)
        case .complete(let head) where head.byteCount > limits.headByteCountMax,
            .unserved(let head, _) where head.byteCount > limits.headByteCountMax:
            return .refused(.headTooLarge)
        case .incomplete, .complete, .unserved, .refused: return outcome
        }
    }

    private static func parseWhole(
        _ bytes: RawSpan, limits: HeadLimits, fields: inout HeaderFields
    ) -> Outcome {
        fields.removeAll()
        switch RequestLine.parse(bytes, limits: limits) {
        case .incomplete: return .incomplete
        case .refused(let fault): return .refused(fault)
        case .complete(let line):
            switch FieldSection.parse(bytes, from: line.end, into: &fields) {
            case .incomplete: return .incomplete
            case .refused(let fault): return .refused(fault)
            case .complete(let end):
                return interpret(line, bytes, limits: limits, fields: &fields, byteCount: end)
            }
        }
    }

    /// Finds out what the parsed lines mean.
    private static func interpret(
        _ line: RequestLine, _ bytes: RawSpan, limits: HeadLimits, fields: inout HeaderFields,
        byteCount: Int
    ) -> Outcome {
        var facts = RequestFacts()
        for index in 0..<fields.count {
            let kind = fields.kind(at: index)
            if kind == .other { continue }
            if let fault = facts.read(kind, fields[index].value, in: bytes) {
                return .refused(fault)
            }
        }
        if let fault = facts.fault(of: line, in: bytes) { return .refused(fault) }
        if facts.message.connection.contains(.nomination) {
            ConnectionOptions.markNominated(in: &fields, bytes)
        }
        let head = head(line, facts, fields: fields, in: bytes, byteCount: byteCount)
        if let fault = facts.refusal(of: line, limits: limits) { return .unserved(head, fault) }
        return .complete(head)
    }

    private static func head(
        _ line: RequestLine, _ facts: RequestFacts, fields: borrowing HeaderFields,
        in bytes: RawSpan, byteCount: Int
    ) -> RequestHead {
        let upgrade = facts.upgrade(of: line, fields: fields, in: bytes)
        return RequestHead(
            method: line.method,
            version: line.version,
            targetForm: line.form,
            flags: facts.flags(of: line),
            upgrade: upgrade,
            framing: facts.framing,
            methodRange: line.methodRange,
            target: line.target,
            path: line.path,
            query: line.query,
            host: line.form == .absolute ? line.authority : facts.host,
            webSocketKey: upgrade == .webSocket ? facts.handshake.key : .empty,
            requestID: facts.requestID(fields: fields),
            traceParent: facts.traceParent(fields: fields),
            byteCount: byteCount)
    }
}
