import RouteTable

/// What the fields of a request say, gathered in one walk over them.
struct RequestFacts {
    private(set) var message = MessageFacts()
    private(set) var handshake = HandshakeFields()
    private(set) var host = ByteRange.empty

    private var hostCount = 0
    private var isHostValid = true
    private var expectsContinue = false
    private var expectsMore = false
    private var acceptsEventStream = false
    private var errorForm = ErrorForm()
    private var acceptsTrailers = false
    private var requestIDCount = 0
    private var requestIDRange = ByteRange.empty
    private var traceParentCount = 0
    private var traceParentRange = ByteRange.empty

    /// Takes a field into account.
    ///
    /// - Returns: What is wrong with it.
    mutating func read(
        _ kind: KnownHeader, _ value: ByteRange, in bytes: RawSpan
    ) -> HeadFault? {
        switch kind {
        case .host:
            hostCount += 1
            host = value
            isHostValid = Authority.isValid(value, in: bytes)
            return hostCount > 1 ? .repeatedHost : nil
        case .expect:
            // Two lines are a list of two (RFC 9110, 5.3), as it is in one line.
            if !expectsContinue, bytes.equalsIgnoringCase(value, "100-continue") {
                expectsContinue = true
            } else {
                expectsMore = true
            }
            return nil
        case .accept:
            readAccept(value, in: bytes)
            return nil
        case .te:
            var list = ListCursor(value)
            while let coding = list.next(in: bytes) {
                if bytes.equalsIgnoringCase(coding, "trailers") { acceptsTrailers = true }
            }
            return nil
        case .xRequestID:
            requestIDCount += 1
            requestIDRange = Self.isRequestID(value, in: bytes) ? value : .empty
            return nil
        case .traceparent:
            traceParentCount += 1
            traceParentRange = TraceParent.isValid(value, in: bytes) ? value : .empty
            return nil
        case .secWebSocketKey, .secWebSocketVersion, .secWebSocketProtocol:
            handshake.read(kind, value, in: bytes)
            return nil
        default: return message.read(kind, value, in: bytes)
        }
    }

    /// What is wrong with the head as a whole.
    func fault(of line: RequestLine, in bytes: RawSpan) -> HeadFault? {
        message.framingFault(version: line.version) ?? hostFault(of: line, in: bytes)
    }

    /// What is asked for and not done here. Only of use if ``fault(of:in:)`` found nothing.
    ///
    /// CONNECT would make this a forward proxy, TRACE would send a client's credentials back to it.
    func refusal(of line: RequestLine, limits: HeadLimits) -> HeadFault? {
        if line.method == .connect || line.method == .trace { return .methodNotServed }
        if expectsMore { return .unknownExpectation }
        if let length = message.contentLength, length > limits.bodyByteCountMax {
            return .contentTooLarge
        }
        return nil
    }

    /// Where the content ends. Only of use if ``fault(of:in:)`` found nothing.
    var framing: RequestFraming {
        if message.isChunked { return .chunked }
        return message.contentLength.map { .length($0) } ?? .none
    }

    func flags(of line: RequestLine) -> RequestHead.Flags {
        var flags: RequestHead.Flags = []
        if line.hasQuery { flags.insert(.hasQuery) }
        if message.keepsAlive(line.version) { flags.insert(.keepAlive) }
        // An expectation of an HTTP/1.0 client is ignored (RFC 9110, 10.1.1).
        if expectsContinue, line.version == .http11, framing.hasContent {
            flags.insert(.expectsContinue)
        }
        if acceptsEventStream { flags.insert(.acceptsEventStream) }
        if errorForm.isJSON { flags.insert(.acceptsJSON) }
        if message.connection.contains(.nomination) { flags.insert(.namesFields) }
        if acceptsTrailers, line.version == .http11 { flags.insert(.acceptsTrailers) }
        return flags
    }

    func upgrade(
        of line: RequestLine, fields: borrowing HeaderFields, in bytes: RawSpan
    ) -> UpgradeRequest {
        // Of an HTTP/1.0 client the field is ignored (RFC 9110, 7.8).
        guard message.upgradesToWebSocket, line.version == .http11 else { return .none }
        guard line.method == .get, !framing.hasContent, message.connection.contains(.upgrade)
        else { return .invalidWebSocket }
        return handshake.classification(in: bytes)
    }

    /// The identifier that may be kept, or an empty range.
    func requestID(fields: borrowing HeaderFields) -> ByteRange {
        guard requestIDCount == 1, !requestIDRange.isEmpty else { return .empty }
        for index in 0..<fields.count where fields.kind(at: index) == .xRequestID {
            if fields.isNominated(at: index) { return .empty }
        }
        return requestIDRange
    }

    /// The trace that the request belongs to and that may be passed on, or an empty range.
    func traceParent(fields: borrowing HeaderFields) -> ByteRange {
        guard traceParentCount == 1, !traceParentRange.isEmpty else { return .empty }
        for index in 0..<fields.count where fields.kind(at: index) == .traceparent {
            if fields.isNominated(at: index) { return .empty }
        }
        return traceParentRange
    }

    private func hostFault(of line: RequestLine, in bytes: RawSpan) -> HeadFault? {
        guard hostCount > 0 else { return line.version == .http11 ? .missingHost : nil }
        guard isHostValid else { return .invalidHost }
        guard line.form == .absolute else { return nil }
        let defaultPort: StaticString = line.isSchemeSecure ? ":443" : ":80"
        let agrees = Authority.agree(host, line.authority, defaultPort: defaultPort, in: bytes)
        return agrees ? nil : .hostDisagreesWithTarget
    }

    private mutating func readAccept(_ value: ByteRange, in bytes: RawSpan) {
        var list = ListCursor(value)
        while let element = list.next(in: bytes) {
            let type = MediaType.withoutParameters(element, in: bytes)
            errorForm.read(element, type: type, in: bytes)
            if type.count == 17, MediaType.isEventStream(type, in: bytes),
                MediaType.weight(of: element, in: bytes) > 0
            {
                acceptsEventStream = true
            }
        }
    }

    private static func isRequestID(_ value: ByteRange, in bytes: RawSpan) -> Bool {
        guard value.count <= HeadLimits.requestIDByteCountMax else { return false }
        for offset in value.offsets where !OctetClass.isIdentifier(bytes.octet(at: offset)) {
            return false
        }
        return !value.isEmpty
    }
}
