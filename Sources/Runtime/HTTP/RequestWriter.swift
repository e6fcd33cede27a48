import RouteTable

/// Writes the head of a request for the upstream from the parts that were parsed of the client's.
///
/// Always HTTP/1.1. Fields that end at this hop are left out, and so are those that `Connection`
/// names (RFC 9110, 7.6.1); framing is stated anew; who the client is is said by this proxy.
package enum RequestWriter {
    /// Appends the head to `writer`. Its overflow flag tells if there was no room.
    ///
    /// - Parameters:
    ///   - head: A request whose upgrade is not to be refused.
    ///   - fields: The fields that were parsed with it.
    ///   - bytes: The bytes that were parsed.
    ///   - target: The request target for the upstream, canonical, with its query.
    /// - Complexity: O(*n*) for *n* bytes of head.
    package static func write(
        _ head: RequestHead, fields: borrowing HeaderFields, bytes: RawSpan, target: RawSpan,
        context: borrowing ForwardContext, into writer: inout ByteWriter
    ) {
        writer.append(bytes.octets(head.methodRange))
        writer.append(byte: OctetClass.space)
        writer.append(target)
        writer.append(" HTTP/1.1\r\nHost: ")
        let host = context.hostOverride
        writer.append(host.isEmpty ? bytes.octets(head.host) : host)
        writer.appendLineEnd()
        writeFraming(head, context.options, into: &writer)

        var passed: UInt64 = 0
        for index in 0..<fields.count {
            let kind = fields.kind(at: index)
            guard !fields.isNominated(at: index), passes(kind, head, context.options) else {
                continue
            }
            passed |= kind.bit
            writer.append(fields[index], of: bytes)
        }

        if head.method == .options { writeMaxForwards(fields, in: bytes, into: &writer) }
        ForwardedFields(head: head, context: context, bytes: bytes)
            .write(fields, passed: passed | context.stated, into: &writer)
        // A gateway says so (RFC 9110, 7.6.3); an earlier one has a line of its own.
        writer.append(
            head.version == .http10 ? "Via: 1.0 wsproxy\r\n" : "Via: 1.1 wsproxy\r\n")
        if context.stated & KnownHeader.xRequestID.bit == 0 {
            writer.append("X-Request-Id: ")
            writer.append(
                head.requestID.isEmpty ? context.requestID : bytes.octets(head.requestID))
            writer.appendLineEnd()
        }
        let trace = head.traceParent.isEmpty ? context.traceParent : bytes.octets(head.traceParent)
        if !trace.isEmpty {
            writer.append("traceparent: ")
            writer.append(trace)
            writer.appendLineEnd()
        }
        if context.options.contains(.clientHasCertificate) {
            writer.append("X-Client-Cert-Subject: ")
            writer.append(context.clientSubject)
            writer.appendLineEnd()
        }
        writer.append(context.additionalFields)
        writer.appendLineEnd()
    }

    /// The caller has answered a request that may go no further.
    private static func writeMaxForwards(
        _ fields: borrowing HeaderFields, in bytes: RawSpan, into writer: inout ByteWriter
    ) {
        guard let count = MaxForwards.next(fields, in: bytes) else { return }
        writer.append("Max-Forwards: ")
        writer.append(decimal: UInt64(count))
        writer.appendLineEnd()
    }

    private static func writeFraming(
        _ head: RequestHead, _ options: ForwardContext.Options, into writer: inout ByteWriter
    ) {
        if head.upgrade == .webSocket {
            writer.append("Connection: Upgrade\r\nUpgrade: websocket\r\n")
            return
        }
        switch head.framing {
        case .none: break
        case .length(let byteCount): writer.append(contentLength: byteCount)
        case .chunked: writer.append("Transfer-Encoding: chunked\r\n")
        }
        if options.contains(.closesUpstream) { writer.append("Connection: close\r\n") }
        // Trailers are passed back, so who takes them may say so; `TE` is for one hop.
        if head.flags.contains(.acceptsTrailers) {
            writer.append("TE: trailers\r\nConnection: TE\r\n")
        }
    }

    /// Whether a field of this kind is copied as it came.
    @inline(always)
    private static func passes(
        _ kind: KnownHeader, _ head: RequestHead, _ options: ForwardContext.Options
    ) -> Bool {
        if kind == .other { return true }
        if kind == .trailer { return head.framing == .chunked }
        if kind.isHopByHop { return false }
        switch kind {
        case .xForwardedFor, .forwarded, .xRequestID, .clientCertificate, .traceparent:
            return false
        // It belongs to a trace that can't be passed on.
        case .tracestate: return !head.traceParent.isEmpty
        case .xForwardedProto, .xForwardedHost, .forwardedOther:
            return options.contains(.clientIsTrusted)
        case .maxForwards: return head.method != .options
        case .secWebSocketProtocol: return !options.contains(.replacesSubprotocols)
        case .expect: return head.expectsContinue && !options.contains(.answersContinue)
        default: return true
        }
    }
}
