import RouteTable

extension ByteWriter {
    /// Appends a field line that was parsed from `bytes`, with one blank behind the colon.
    mutating func append(_ field: HeaderField, of bytes: RawSpan) {
        let nameEnd = field.name.limit
        // Almost every line already has the form that is wanted, and is then copied in one piece.
        if field.value.first == nameEnd + 2, bytes.octet(at: nameEnd + 1) == OctetClass.space,
            bytes.octet(at: field.value.limit) == OctetClass.carriageReturn
        {
            append(bytes.extracting(field.name.first..<field.value.limit + 2))
            return
        }
        append(bytes.octets(field.name))
        append(": ")
        append(bytes.octets(field.value))
        appendLineEnd()
    }

    /// Appends the field that says where the content of a message with a known length ends.
    mutating func append(contentLength: UInt64) {
        append("Content-Length: ")
        append(decimal: contentLength)
        appendLineEnd()
    }
}
