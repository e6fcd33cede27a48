/// An answer that somebody else gave and that is passed on whole.
struct PassedAnswer: Sendable {
    let status: HTTPStatus
    /// Whole field lines that go to the next hop.
    var fieldLines: [UInt8] = []
    var content: [UInt8] = []
    /// Whether the upstream's connection may be used again.
    var persists = false

    init(status: HTTPStatus) { self.status = status }

    /// Writes head and content.
    func write(terms: ClientTerms, into writer: inout ByteWriter) {
        writer.appendStatusLine(status)
        // SAFETY: bytes are plain data.
        unsafe writer.append(fieldLines.span.bytes)
        if status.rawValue >= 200, status != .noContent, status != .notModified {
            writer.append(contentLength: UInt64(content.count))
        }
        writer.appendConnection(keepAlive: terms.keepAlive, version: terms.version)
        writer.appendLineEnd()
        // SAFETY: bytes are plain data.
        if terms.method != .head { unsafe writer.append(content.span.bytes) }
    }
}
