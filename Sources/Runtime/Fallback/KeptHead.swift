import RouteTable

/// The head of an answer that is kept: what is stored of it, and what is sent later.
package enum KeptHead {
    /// Appends the field lines that are stored: those that are passed on, without its age.
    ///
    /// - Parameter date: Stands in for a Date that the answer does not have (RFC 9110, 6.6.1).
    package static func writeLines(
        _ fields: borrowing HeaderFields, of bytes: RawSpan, date: HTTPDate?,
        into writer: inout ByteWriter
    ) {
        var hasDate = false
        for index in 0..<fields.count {
            guard !fields.kind(at: index).isHopByHop, !fields.isNominated(at: index) else {
                continue
            }
            let name = fields[index].name
            if bytes.equalsIgnoringCase(name, "age") { continue }
            if bytes.equalsIgnoringCase(name, "date") { hasDate = true }
            writer.append(fields[index], of: bytes)
        }
        guard !hasDate, let date else { return }
        writer.append("Date: ")
        writer.append(date.bytes)
        writer.appendLineEnd()
    }

    /// Appends the head of a kept answer.
    package static func write(
        lines: RawSpan, ageSeconds: UInt64, contentByteCount: Int, terms: ClientTerms,
        into writer: inout ByteWriter
    ) {
        writer.appendStatusLine(.ok)
        writer.append(lines)
        writer.append("Age: ")
        writer.append(decimal: ageSeconds)
        writer.appendLineEnd()
        writer.append(contentLength: UInt64(contentByteCount))
        writer.appendConnection(keepAlive: terms.keepAlive, version: terms.version)
        writer.appendLineEnd()
    }
}
