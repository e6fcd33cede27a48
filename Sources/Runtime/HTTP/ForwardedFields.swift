import RouteTable

/// The fields that tell the upstream who the client is: `X-Forwarded-For`, `-Proto`, `-Host`, and
/// `Forwarded` (RFC 7239).
struct ForwardedFields: ~Escapable {
    private let head: RequestHead
    private let bytes: RawSpan
    private let clientAddress: RawSpan
    private let scheme: ForwardContext.Scheme
    private let isTrusted: Bool

    @_lifetime(copy context, copy bytes)
    init(head: RequestHead, context: borrowing ForwardContext, bytes: RawSpan) {
        self.head = head
        self.bytes = bytes
        clientAddress = context.clientAddress
        scheme = context.scheme
        isTrusted = context.options.contains(.clientIsTrusted)
    }

    /// Writes the four fields, except those that are stated elsewhere.
    ///
    /// - Parameter passed: The kinds of fields that were passed on, or that guards have changed.
    func write(
        _ fields: borrowing HeaderFields, passed: UInt64, into writer: inout ByteWriter
    ) {
        if passed & KnownHeader.xForwardedFor.bit == 0 {
            writer.append("X-Forwarded-For: ")
            appendEarlier(.xForwardedFor, fields, into: &writer)
            appendAddress(into: &writer)
            writer.appendLineEnd()
        }
        if passed & KnownHeader.xForwardedProto.bit == 0 {
            writer.append("X-Forwarded-Proto: ")
            appendScheme(into: &writer)
            writer.appendLineEnd()
        }
        if passed & KnownHeader.xForwardedHost.bit == 0, !head.host.isEmpty {
            writer.append("X-Forwarded-Host: ")
            writer.append(bytes.octets(head.host))
            writer.appendLineEnd()
        }
        if passed & KnownHeader.forwarded.bit == 0 { writeForwarded(fields, into: &writer) }
    }

    private func writeForwarded(
        _ fields: borrowing HeaderFields, into writer: inout ByteWriter
    ) {
        writer.append("Forwarded: ")
        appendEarlier(.forwarded, fields, into: &writer)
        writer.append("for=")
        // A colon may only stand between quotes, an IPv6 address also between brackets (RFC 7239,
        // 6).
        if hasColon(clientAddress) {
            writer.append("\"[")
            writer.append(clientAddress)
            writer.append("]\"")
        } else {
            appendAddress(into: &writer)
        }
        writer.append(";proto=")
        appendScheme(into: &writer)
        if !head.host.isEmpty {
            // No byte of a valid host needs an escape between quotes.
            writer.append(";host=\"")
            writer.append(bytes.octets(head.host))
            writer.append(byte: 0x22)
        }
        writer.appendLineEnd()
    }

    /// Writes what a trusted client sent in fields of this kind, as the begin of a list.
    private func appendEarlier(
        _ kind: KnownHeader, _ fields: borrowing HeaderFields, into writer: inout ByteWriter
    ) {
        guard isTrusted, fields.contains(kind) else { return }
        if kind == .forwarded, !isReadable(fields) { return }
        for index in 0..<fields.count
        where fields.kind(at: index) == kind && !fields.isNominated(at: index) {
            let value = fields[index].value
            if value.isEmpty { continue }
            writer.append(bytes.octets(value))
            writer.append(", ")
        }
    }

    /// Whether what stands in `Forwarded` can be read in one way. The list goes on over all lines, so one that can't
    /// spoils the others.
    private func isReadable(_ fields: borrowing HeaderFields) -> Bool {
        for index in 0..<fields.count
        where fields.kind(at: index) == .forwarded && !fields.isNominated(at: index)
            && !ForwardedElements.areValid(fields[index].value, in: bytes)
        {
            return false
        }
        return true
    }

    private func appendAddress(into writer: inout ByteWriter) {
        if clientAddress.isEmpty {
            writer.append("unknown")
        } else {
            writer.append(clientAddress)
        }
    }

    private func appendScheme(into writer: inout ByteWriter) {
        switch scheme {
        case .http: writer.append("http")
        case .https: writer.append("https")
        }
    }

    private func hasColon(_ text: RawSpan) -> Bool {
        for offset in 0..<text.byteCount where text.octet(at: offset) == 0x3A { return true }
        return false
    }
}
