/// A complete answer that a route gives by itself: `respond` and `redirect`.
package enum StaticAnswer {
    /// Appends head and content to `writer`. Its overflow flag tells if there was no room.
    ///
    /// - Parameters:
    ///   - contentType: The media type. Empty: the field is left out.
    ///   - body: The content. Left out for HEAD and where the status forbids it.
    ///   - location: The value of `Location`. Empty: the field is left out. The caller has made
    ///     sure that it has no control bytes.
    ///   - fieldLines: Whole field lines beside these.
    ///   - retryAfterSeconds: The value of `Retry-After`, if there shall be one.
    ///   - terms: What the request has settled.
    package static func write(
        _ status: HTTPStatus, contentType: RawSpan, body: RawSpan, location: RawSpan,
        fieldLines: RawSpan = RawSpan(), retryAfterSeconds: UInt32? = nil, terms: ClientTerms,
        into writer: inout ByteWriter
    ) {
        writer.appendStatusLine(status)
        writer.appendServer()
        writer.appendField("Location: ", location)
        writer.appendRetryAfter(retryAfterSeconds)
        writer.append(fieldLines)
        if !status.forbidsContent {
            if !body.isEmpty { writer.appendField("Content-Type: ", contentType) }
            writer.append(contentLength: UInt64(body.byteCount))
        }
        writer.appendConnection(keepAlive: terms.keepAlive, version: terms.version)
        writer.appendLineEnd()
        if !status.forbidsContent, terms.method != .head { writer.append(body) }
    }

    /// Appends the answer to `OPTIONS *`: it asks this server, not what is behind it (RFC 9110, 9.3.7).
    package static func writeOptions(terms: ClientTerms, into writer: inout ByteWriter) {
        writer.appendStatusLine(.noContent)
        writer.appendServer()
        writer.appendAllowedMethods()
        writer.appendConnection(keepAlive: terms.keepAlive, version: terms.version)
        writer.appendLineEnd()
    }
}

extension ByteWriter {
    /// Appends who answers, and when (RFC 9110, 6.6.1) if the writer knows.
    mutating func appendServer() {
        append("Server: wsproxy\r\n")
        guard let date else { return }
        append("Date: ")
        append(date.bytes)
        appendLineEnd()
    }

    /// Appends a status line with the registered reason phrase.
    mutating func appendStatusLine(_ status: HTTPStatus) {
        append("HTTP/1.1 ")
        append(decimal: UInt64(status.rawValue))
        append(byte: OctetClass.space)
        append(status.text)
        appendLineEnd()
    }

    /// Appends when to ask again, if that is known.
    mutating func appendRetryAfter(_ seconds: UInt32?) {
        guard let seconds else { return }
        append("Retry-After: ")
        append(decimal: UInt64(seconds))
        appendLineEnd()
    }

    /// Appends the methods that this proxy knows; others are passed on too.
    mutating func appendAllowedMethods() {
        append("Allow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS\r\n")
    }

    /// Appends a field line, unless the value is empty.
    ///
    /// - Parameter prefix: The name with its colon and blank.
    fileprivate mutating func appendField(_ prefix: StaticString, _ value: RawSpan) {
        if value.isEmpty { return }
        append(prefix)
        append(value)
        appendLineEnd()
    }
}
