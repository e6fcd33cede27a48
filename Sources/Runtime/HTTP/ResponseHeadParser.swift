import RouteTable

/// Reads response heads, as strictly as request heads: an upstream that cannot be read in one way
/// only is a 502.
package enum ResponseHeadParser {
    /// What the bytes hold so far. The first fault counts: nothing behind it is looked at.
    package enum Outcome: Equatable, Sendable {
        /// The head has not ended yet, and nothing in it is wrong so far.
        case incomplete
        /// The head has ended. Content may follow it in the bytes.
        case complete(ResponseHead)
        /// Answer with 502, unless an answer has begun, and close the upstream's connection.
        case invalid(HeadFault)
    }

    /// Looks for a head at the start of `bytes`.
    ///
    /// - Parameters:
    ///   - method: The method of the request that this answers; it decides whether content follows.
    ///   - limits: Only the size of the head counts.
    ///   - fields: Receives the field lines; what was there is forgotten. Only of use after
    ///     ``Outcome/complete(_:)``.
    ///   - resume: As for ``RequestHeadParser/parse(_:limits:fields:resume:)``.
    /// - Complexity: O(*n*) for *n* bytes, over all calls.
    package static func parse(
        _ bytes: RawSpan, method: Method, limits: HeadLimits, fields: inout HeaderFields,
        resume: inout Int
    ) -> Outcome {
        let known = resume
        resume = bytes.byteCount
        if known > 0, !HeadEnd.isWorthParsing(bytes, known: known, limits: limits) {
            return .incomplete
        }
        let outcome = parseWhole(bytes, method: method, fields: &fields)
        switch outcome {
        case .incomplete where bytes.byteCount > limits.headByteCountMax:
            return .invalid(.headTooLarge)
        case .complete(let head) where head.byteCount > limits.headByteCountMax:
            return .invalid(.headTooLarge)
        case .incomplete, .complete, .invalid: return outcome
        }
    }

    private static func parseWhole(
        _ bytes: RawSpan, method: Method, fields: inout HeaderFields
    ) -> Outcome {
        fields.removeAll()
        switch StatusLine.parse(bytes) {
        case .incomplete: return .incomplete
        case .refused(let fault): return .invalid(fault)
        case .complete(let line):
            switch FieldSection.parse(bytes, from: line.end, into: &fields) {
            case .incomplete: return .incomplete
            case .refused(let fault): return .invalid(fault)
            case .complete(let end):
                return interpret(line, bytes, method: method, fields: &fields, byteCount: end)
            }
        }
    }

    private static func interpret(
        _ line: StatusLine, _ bytes: RawSpan, method: Method, fields: inout HeaderFields,
        byteCount: Int
    ) -> Outcome {
        var facts = MessageFacts()
        var isEventStream = false
        var isCoded = false
        for index in 0..<fields.count {
            let kind = fields.kind(at: index)
            let value = fields[index].value
            if kind == .other { continue }
            if kind == .contentType {
                isEventStream = MediaType.announcesEventStream(value, in: bytes)
            } else if kind == .contentEncoding {
                if !bytes.equalsIgnoringCase(value, "identity") { isCoded = true }
            } else if let fault = facts.read(kind, value, in: bytes) {
                return .invalid(fault)
            }
        }
        let framing: ResponseFraming
        switch self.framing(line, facts, method: method) {
        case .success(let found): framing = found
        case .failure(let fault): return .invalid(fault)
        }
        if facts.connection.contains(.nomination) {
            ConnectionOptions.markNominated(in: &fields, bytes)
        }
        var flags: ResponseHead.Flags = []
        // Whoever says that there are chunks behind a 204 may send them, so nothing is read behind it.
        let isClear = framing != .untilClose && !(line.status == .noContent && facts.isChunked)
        if facts.keepsAlive(line.version), isClear { flags.insert(.keepAlive) }
        if isEventStream { flags.insert(.eventStream) }
        if isCoded { flags.insert(.contentCoded) }
        if facts.connection.contains(.upgrade) { flags.insert(.connectionSaysUpgrade) }
        if facts.connection.contains(.nomination) { flags.insert(.namesFields) }
        return .complete(
            ResponseHead(
                status: line.status, version: line.version, flags: flags, framing: framing,
                contentLength: facts.contentLength, reason: line.reason, byteCount: byteCount))
    }

    /// Where the content ends, by the rules of RFC 9112, 6.3 in their order.
    private static func framing(
        _ line: StatusLine, _ facts: MessageFacts, method: Method
    ) -> Result<ResponseFraming, HeadFault> {
        // What opens a tunnel has no content, whatever its fields say.
        if method == .connect, 200..<300 ~= line.status.rawValue { return .success(.none) }
        if let fault = facts.framingFault(version: line.version) { return .failure(fault) }
        if line.status.forbidsContent {
            // A 304 repeats what the answer to GET would say. The others may not announce content:
            // a peer that does may send it, and it would be taken for the next answer. Chunks behind a 204
            // are often announced and never sent: they cost the connection.
            let announces =
                (facts.isChunked && line.status != .noContent) || (facts.contentLength ?? 0) > 0
            return line.status != .notModified && announces
                ? .failure(.contentWhereNoneMayBe) : .success(.none)
        }
        if method == .head { return .success(.none) }
        if facts.isChunked { return .success(.chunked) }
        return .success(facts.contentLength.map { .length($0) } ?? .untilClose)
    }
}
