import RouteTable

/// `forward_auth`: another service is asked whether a request may come in. Its answer opens the way, or is
/// passed on; where there is none the way stays closed.
extension WorkerLoop {
    /// Asks. The request waits meanwhile.
    mutating func ask(
        _ asked: AuthGuard.Asked, _ policy: AuthGuard, _ request: GuardedRequest
    ) -> GuardVerdict {
        let table = requestTable
        let endpoint = tables[table].services[Int(asked.service)].firstEndpoint
        let deadline = now + tables[table].services[Int(asked.service)].readTimeoutMilliseconds
        let message = compose(asked, policy, request, endpoint)
        guard !message.isEmpty, !ownRequests.isFull,
            let waiting = suspend(request, until: deadline, orElse: .guardTimeout)
        else { return .answer(.unauthorized(refusal(.noAnswer, policy, request.route))) }
        let question = OwnRequest(
            .request(waiting, request.route), message, table: table, endpoint: endpoint,
            deadline: deadline, headers: asked.headers)
        send(own: begin(question))
        return .suspended
    }

    /// The request that is sent; empty if it would be too large.
    private mutating func compose(
        _ asked: AuthGuard.Asked, _ policy: AuthGuard, _ request: GuardedRequest,
        _ endpoint: UInt32
    ) -> [UInt8] {
        let requestID = requestIdentifier()
        let clientAddress = connections[request.slot].peer.text(includingPort: false)
        let isEncrypted = connections[request.slot].stream.isEncrypted
        let isTrusted = trustsClient(request.slot)
        let path = tables[requestTable].endpoints[Int(endpoint)].basePath
        let host = tables[requestTable].services[Int(asked.service)].proxyHost
        target.clear()
        tables[requestTable].appendCanonicalPath(to: &target)
        // SAFETY: nothing is read into the buffer while the span is in use.
        let received = unsafe piece(0..<request.end)
        let bytes = unsafe RawSpan(_unsafeBytes: received)
        // SAFETY: bytes are plain data; those of the subject live as long as the client's stream.
        let context = unsafe ForwardContext(
            clientAddress: clientAddress.bytes, hostOverride: host.span.bytes,
            requestID: requestID.bytes, additionalFields: RawSpan(),
            scheme: isEncrypted ? .https : .http, options: isTrusted ? .clientIsTrusted : []
        ).showing(connections[request.slot].stream.clientSubject)
        writer.clear()
        Self.write(
            request.head, fields: fields, bytes: bytes, hidden: policy.hiddenParameters,
            path: path, original: target, context: context, into: &writer)
        if writer.isOverflowed || target.isOverflowed { return [] }
        var message: [UInt8] = []
        message.reserveCapacity(writer.count)
        for index in 0..<writer.count { message.append(writer.written.octet(at: index)) }
        return message
    }

    /// Keeps apart what is lent and what is written to.
    private static func write(
        _ head: RequestHead, fields: borrowing HeaderFields, bytes: RawSpan, hidden: [[UInt8]],
        path: [UInt8], original: borrowing ByteWriter, context: borrowing ForwardContext,
        into writer: inout ByteWriter
    ) {
        AuthQuestionWriter.write(
            head, fields: fields, bytes: bytes, hidden: hidden, path: path,
            original: original.written, context: context, into: &writer)
    }
}
