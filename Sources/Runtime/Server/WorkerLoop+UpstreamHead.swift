import RouteTable

/// What the upstream gets of a request's head.
extension WorkerLoop {
    /// Base path of the endpoint, the rewritten path, the query as it came.
    mutating func composeTarget(_ head: RequestHead, endpoint: UInt32) {
        target.clear()
        tables[requestTable].appendForwardPath(endpoint: endpoint, to: &target)
        guard head.hasQuery else { return }
        target.append(byte: UInt8(ascii: "?"))
        // SAFETY: nothing is read into the buffer while the span is in use.
        let received = unsafe piece(head.query.indices)
        let query = unsafe RawSpan(_unsafeBytes: received)
        target.append(query)
    }

    mutating func writeUpstreamHead(
        _ slot: UInt32, _ head: RequestHead, end: Int, _ choice: Choice,
        _ admission: WebSocketAdmission, isRecorded: Bool
    ) {
        writer.clear()
        var options = ForwardContext.Options()
        if trustsClient(slot) { options.insert(.clientIsTrusted) }
        if admission.filtersSubprotocols { options.insert(.replacesSubprotocols) }
        let scheme: ForwardContext.Scheme = connections[slot].stream.isEncrypted ? .https : .http
        let requestID = requestIdentifier()
        madeTrace = TraceParent(
            random.next(), random.next(), span: random.next(), isRecorded: isRecorded)
        let trace = madeTrace
        let clientAddress = connections[slot].peer.text(includingPort: false)
        // SAFETY: nothing is read into the buffer while the span is in use.
        let received = unsafe piece(0..<end)
        let bytes = unsafe RawSpan(_unsafeBytes: received)
        var host: [UInt8] = []
        if !tables[requestTable].services[Int(choice.service)].proxyHost.isEmpty {
            host = tables[requestTable].services[Int(choice.service)].proxyHost
        } else if head.host.isEmpty {
            host = tables[requestTable].endpoints[Int(choice.endpoint)].authority
        }
        guards.spare.clear()
        var stated: UInt64 = 0
        if guards.requestChanges.count > 0 {
            stated = Self.apply(
                guards.requestChanges, to: &fields, of: bytes, into: &guards.spare)
        }
        Self.append(extraFields, to: &guards.spare)
        // SAFETY: bytes are plain data; those of the subject live as long as the client's stream.
        let context = unsafe ForwardContext(
            clientAddress: clientAddress.bytes, hostOverride: host.span.bytes,
            requestID: requestID.bytes, traceParent: trace.bytes, additionalFields: RawSpan(),
            stated: stated, scheme: scheme, options: options
        ).showing(connections[slot].stream.clientSubject)
        Self.write(
            head, fields: fields, bytes: bytes, target: target, context: context,
            adding: guards.spare, into: &writer)
    }

    /// What names the request if its client has not.
    mutating func requestIdentifier() -> RequestIdentifier {
        if let known = guards.requestID { return known }
        let made = RequestIdentifier(random.next(), random.next())
        guards.requestID = made
        return made
    }

    /// Marks the fields that guards take away, and writes the lines that they add.
    private static func apply(
        _ changes: borrowing ByteWriter, to fields: inout HeaderFields, of bytes: RawSpan,
        into lines: inout ByteWriter
    ) -> UInt64 {
        FieldChanges.apply(
            changes.written, to: &fields, of: bytes, isRequest: true, into: &lines)
    }

    /// Keeps apart what is lent and what is written to.
    private static func append(_ lines: borrowing ByteWriter, to all: inout ByteWriter) {
        all.append(lines.written)
    }

    /// Keeps apart what is lent and what is written to.
    private static func write(
        _ head: RequestHead, fields: borrowing HeaderFields, bytes: RawSpan,
        target: borrowing ByteWriter, context: borrowing ForwardContext,
        adding lines: borrowing ByteWriter, into writer: inout ByteWriter
    ) {
        RequestWriter.write(
            head, fields: fields, bytes: bytes, target: target.written,
            context: context.adding(lines.written), into: &writer)
    }
}
