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
        for index in 0..<fields.count
        where !fields.isNominated(at: index) && passes(fields.kind(at: index)) {
            writer.append(fields[index], of: bytes)
        }
        writer.append("X-Forwarded-Method: ")
        writer.append(bytes.octets(head.methodRange))
        writer.append("\r\nX-Forwarded-Uri: ")
        appendTarget(original, head, bytes, hidden, into: &writer)
        writer.append("\r\nX-Forwarded-Host: ")
        writer.append(bytes.octets(head.host))
        writer.append("\r\nX-Forwarded-Proto: ")
        writer.append(context.scheme == .https ? "https" : "http")
        writer.append("\r\nX-Forwarded-For: ")
        writer.append(context.clientAddress)
        writer.append("\r\nX-Request-Id: ")
        writer.append(head.requestID.isEmpty ? context.requestID : bytes.octets(head.requestID))
        writer.append("\r\n\r\n")
    }

    /// All that does not frame content, open a WebSocket, or say what this proxy says itself.
    private static func passes(_ kind: KnownHeader) -> Bool {
        if kind.isHopByHop || kind.isForwarding || kind == .xRequestID { return false }
        switch kind {
        case .expect, .trailer, .contentType, .secWebSocketKey, .secWebSocketVersion,
            .secWebSocketExtensions, .secWebSocketAccept:
            return false
        default: return true
        }
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
