import RouteTable

/// Writes what is sent to whoever is asked by `forward_auth`: a GET with the fields of the client's request and,
/// beside them, what it asks for. Its content is not sent.
enum AuthQuestionWriter {
    /// - Parameters:
    ///   - head: The client's.
    ///   - fields: Parsed with it.
    ///   - bytes: What both were parsed of.
    ///   - hidden: Names of query parameters that hold tokens and go no further.
    ///   - original: The canonical path of the client's request: the same that was matched and that is forwarded,
    ///     so that nobody is asked about another path than the one that is meant.
    static func write(
        _ head: RequestHead, fields: borrowing HeaderFields, bytes: RawSpan, hidden: [[UInt8]],
        path: [UInt8], original: RawSpan, context: borrowing ForwardContext,
        into writer: inout ByteWriter
    ) {
        writer.append("GET ")
        // SAFETY: bytes are plain data.
        unsafe writer.append(path.span.bytes)
        if path.isEmpty { writer.append(byte: UInt8(ascii: "/")) }
        writer.append(" HTTP/1.1\r\nHost: ")
        writer.append(context.hostOverride)
        writer.appendLineEnd()
        let isTrusted = context.options.contains(.clientIsTrusted)
        var passed: UInt64 = 0
        for index in 0..<fields.count
        where !fields.isNominated(at: index) && passes(fields, index, bytes, isTrusted: isTrusted) {
            passed |= fields.kind(at: index).bit
            writer.append(fields[index], of: bytes)
        }
        writer.append("X-Forwarded-Method: ")
        writer.append(bytes.octets(head.methodRange))
        writer.append("\r\nX-Forwarded-Uri: ")
        appendTarget(original, head, bytes, hidden, into: &writer)
        writer.appendLineEnd()
        ForwardedFields(head: head, context: context, bytes: bytes)
            .write(fields, passed: passed, into: &writer)
        if context.options.contains(.clientHasCertificate) {
            writer.append("X-Client-Cert-Subject: ")
            writer.append(context.clientSubject)
            writer.appendLineEnd()
        }
        writer.append("X-Request-Id: ")
        writer.append(head.requestID.isEmpty ? context.requestID : bytes.octets(head.requestID))
        writer.append("\r\n\r\n")
    }

    /// All that does not frame content, open a WebSocket, ask for a part or a version of what is asked for, or say
    /// what this proxy says itself. Of what says who the client is, that of a trusted proxy.
    private static func passes(
        _ fields: borrowing HeaderFields, _ index: Int, _ bytes: RawSpan, isTrusted: Bool
    ) -> Bool {
        let kind = fields.kind(at: index)
        switch kind {
        case .other: return !isConditional(fields[index].name, in: bytes)
        case .xForwardedProto, .xForwardedHost: return isTrusted
        // Others of this kind have names that are used here.
        case .forwardedOther:
            return isTrusted && bytes.equalsIgnoringCase(fields[index].name, "x-real-ip")
        case .xRequestID, .expect, .trailer, .contentType, .secWebSocketKey, .secWebSocketVersion,
            .secWebSocketExtensions, .secWebSocketAccept:
            return false
        default: return !kind.isHopByHop && !kind.isForwarding
        }
    }

    /// Whether a field is about the page and not about the question (RFC 9110, 13.1 and 14.2).
    private static func isConditional(_ name: ByteRange, in bytes: RawSpan) -> Bool {
        bytes.equalsIgnoringCase(name, "range") || bytes.equalsIgnoringCase(name, "if-range")
            || bytes.equalsIgnoringCase(name, "if-match")
            || bytes.equalsIgnoringCase(name, "if-none-match")
            || bytes.equalsIgnoringCase(name, "if-modified-since")
            || bytes.equalsIgnoringCase(name, "if-unmodified-since")
    }

    private static func appendTarget(
        _ path: RawSpan, _ head: RequestHead, _ bytes: RawSpan, _ hidden: [[UInt8]],
        into writer: inout ByteWriter
    ) {
        writer.append(path)
        guard head.hasQuery else { return }
        var mark = UInt8(ascii: "?")
        var pairs = QueryPairs(head.query)
        while let pair = pairs.next(in: bytes) {
            if RequestCleaning.isNamed(pair, oneOf: hidden, in: bytes) { continue }
            writer.append(byte: mark)
            writer.append(bytes.octets(pair))
            mark = UInt8(ascii: "&")
        }
    }
}
