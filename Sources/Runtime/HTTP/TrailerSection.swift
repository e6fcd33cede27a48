import RouteTable

/// The fields behind the last chunk of a content (RFC 9112, 7.1.2).
///
/// Read by the parser of heads, as a whole, and written anew. What must be known before the content
/// is not passed on: a receiver that merged it into the head would act on it (RFC 9110, 6.5.1).
package enum TrailerSection {
    /// What the bytes hold so far.
    package enum Outcome: Equatable, Sendable {
        /// The empty line is still to come, and nothing before it is wrong so far.
        case incomplete
        /// The section ends, with its empty line, after so many bytes.
        case complete(byteCount: Int)
        case refused(ChunkFault)
    }

    /// Most bytes of a section, with its empty line.
    package static let byteCountMax = 8 * 1024

    /// Reads a section from the start of `bytes`.
    ///
    /// - Parameters:
    ///   - bytes: All that was received of it; the next message may follow.
    ///   - fields: Receives the field lines; what was there is forgotten. Only of use after
    ///     ``Outcome/complete(byteCount:)``.
    /// - Complexity: O(*n*) for *n* bytes, at most ``byteCountMax`` of them.
    package static func parse(_ bytes: RawSpan, fields: inout HeaderFields) -> Outcome {
        fields.removeAll()
        let count = min(bytes.byteCount, byteCountMax)
        switch FieldSection.parse(bytes.extracting(first: count), from: 0, into: &fields) {
        case .incomplete: return count == byteCountMax ? .refused(.trailerTooLarge) : .incomplete
        case .complete(let end): return .complete(byteCount: end)
        case .refused(.tooManyFields): return .refused(.trailerTooLarge)
        case .refused: return .refused(.invalidTrailer)
        }
    }

    /// Marks the fields of these names, in whatever case and with `_` or `-`: what was decided by the head must not be
    /// said otherwise behind it.
    package static func drop(
        _ names: [[UInt8]], from fields: inout HeaderFields, of bytes: RawSpan
    ) {
        for name in names {
            let whole = ByteRange(from: 0, to: name.count)
            // SAFETY: bytes are plain data, and the array outlives the span.
            let octets = unsafe name.span.bytes
            for index in 0..<fields.count
            where FieldChanges.isEqual(
                fields[index].name, of: bytes, whole, of: octets, foldsMarks: true)
            {
                fields.drop(at: index)
            }
        }
    }

    /// Appends the last chunk, the fields that may be passed on, and the empty line.
    ///
    /// - Parameters:
    ///   - fields: The fields that were parsed of `bytes`; those that guards speak of are dropped.
    ///   - passesFields: False: none of them. A head whose `Connection` names fields may mean these.
    package static func write(
        _ fields: borrowing HeaderFields, bytes: RawSpan, passesFields: Bool,
        into writer: inout ByteWriter
    ) {
        writer.append("0\r\n")
        if passesFields {
            for index in 0..<fields.count
            where fields.kind(at: index) == .other && !fields.isNominated(at: index)
                && !isForbidden(fields[index].name, in: bytes)
            {
                writer.append(fields[index], of: bytes)
            }
        }
        writer.appendLineEnd()
    }

    /// Whether a field of no kind that the proxy knows must stand in the head or nowhere: it says
    /// who asks, for what, on which way, how the content is read, or how long it may be kept.
    private static func isForbidden(_ name: ByteRange, in bytes: RawSpan) -> Bool {
        let forbidden: InlineArray<_, StaticString> = [
            "age", "cache-control", "client-ip", "content-disposition",
            "content-encoding", "content-language", "content-location", "content-range", "cookie",
            "date", "expires", "if-match", "if-modified-since", "if-none-match", "if-range",
            "if-unmodified-since", "location", "max-forwards", "origin", "pragma", "range",
            "referer", "retry-after", "set-cookie", "true-client-ip", "vary", "via",
            "x-api-key", "x-auth-token", "x-client-ip", "x-cluster-client-ip",
            "x-http-method", "x-http-method-override", "x-method-override", "x-original-host",
            "x-original-url", "x-rewrite-url",
        ]
        for index in forbidden.indices {
            let octets = forbidden[index].octets
            let whole = ByteRange(from: 0, to: octets.byteCount)
            if FieldChanges.isEqual(name, of: bytes, whole, of: octets, foldsMarks: true) {
                return true
            }
        }
        return false
    }
}
