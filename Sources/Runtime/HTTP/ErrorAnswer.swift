/// A complete answer to a request that failed here: a short text or JSON that says why.
package enum ErrorAnswer {
    /// Appends head and content to `writer`. Its overflow flag tells if there was no room.
    ///
    /// - Parameters:
    ///   - status: 400 or above. 426 also says which WebSocket version is spoken, 405 which
    ///     methods.
    ///   - reason: Plain ASCII without quotes and backslashes.
    ///   - asJSON: Whether the client asked for JSON.
    ///   - retryAfterSeconds: The value of `Retry-After`, if there shall be one.
    ///   - requestID: Repeated as `X-Request-Id`, so that a user can quote it. May be empty.
    ///   - fieldLines: Whole field lines beside these.
    ///   - terms: What the request has settled, or ``ClientTerms/unreadable``.
    package static func write(
        _ status: HTTPStatus, reason: StaticString, asJSON: Bool, retryAfterSeconds: UInt32? = nil,
        requestID: RawSpan = RawSpan(), fieldLines: RawSpan = RawSpan(), terms: ClientTerms,
        into writer: inout ByteWriter
    ) {
        precondition(status.rawValue >= 400, "an error answer has an error's status")
        writer.appendStatusLine(status)
        writer.appendServer()
        appendField("X-Request-Id: ", requestID, into: &writer)
        writer.append("Cache-Control: no-store\r\n")
        writer.append(
            asJSON
                ? "Content-Type: application/json\r\n"
                : "Content-Type: text/plain; charset=utf-8\r\n")
        writer.append(contentLength: contentByteCount(status, reason, asJSON: asJSON))
        writer.appendRetryAfter(retryAfterSeconds)
        writer.append(fieldLines)
        appendExtras(status, terms, into: &writer)
        writer.appendLineEnd()
        if terms.method != .head { appendContent(status, reason, asJSON: asJSON, into: &writer) }
    }

    private static func appendExtras(
        _ status: HTTPStatus, _ terms: ClientTerms, into writer: inout ByteWriter
    ) {
        switch status {
        case .upgradeRequired:
            // RFC 9110, 15.5.22 and RFC 6455, 4.4.
            writer.append("Sec-WebSocket-Version: 13\r\nUpgrade: websocket\r\n")
            writer.append(
                terms.keepAlive ? "Connection: Upgrade\r\n" : "Connection: Upgrade, close\r\n")
            return
        case .methodNotAllowed:
            writer.appendAllowedMethods()
        default: break
        }
        writer.appendConnection(keepAlive: terms.keepAlive, version: terms.version)
    }

    private static func appendField(
        _ prefix: StaticString, _ value: RawSpan, into writer: inout ByteWriter
    ) {
        if value.isEmpty { return }
        writer.append(prefix)
        writer.append(value)
        writer.appendLineEnd()
    }

    /// `404 Not Found: reason` or `{"status":404,"error":"Not Found","reason":"reason"}`, and a
    /// line end.
    private static func appendContent(
        _ status: HTTPStatus, _ reason: StaticString, asJSON: Bool, into writer: inout ByteWriter
    ) {
        if asJSON { writer.append("{\"status\":") }
        writer.append(decimal: UInt64(status.rawValue))
        writer.append(asJSON ? ",\"error\":\"" : " ")
        writer.append(status.text)
        writer.append(asJSON ? "\",\"reason\":\"" : ": ")
        writer.append(reason)
        writer.append(asJSON ? "\"}\n" : "\n")
    }

    private static func contentByteCount(
        _ status: HTTPStatus, _ reason: StaticString, asJSON: Bool
    ) -> UInt64 {
        // The three digits of the status, the two texts, and what stands around them above.
        let aroundByteCount = asJSON ? 35 : 4
        return UInt64(
            3 + status.text.utf8CodeUnitCount + reason.utf8CodeUnitCount + aroundByteCount)
    }
}
