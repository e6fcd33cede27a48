import RouteTable

/// Reads the answer of whoever is asked by `forward_auth`.
enum AuthAnswer {
    /// Most bytes of field lines that are taken from it.
    private static let changeByteCountMax = 32 * 1_024

    /// What an answer that lets the client in does to the head of its request: the named headers become those
    /// of the answer, and there are none where it has none.
    ///
    /// - Parameter names: Lower-case.
    /// - Returns: As ``FieldChange`` describes; nil if that is too much.
    static func changes(
        to names: [[UInt8]], fields: borrowing HeaderFields, bytes: RawSpan
    ) -> [UInt8]? {
        guard !names.isEmpty else { return [] }
        var changes = ByteWriter(capacity: changeByteCountMax)
        for name in names {
            let span = name.span
            // `compile` refuses these names. A table that has one must not make two messages of one.
            let whole = ByteRange(offset: 0, count: UInt32(name.count))
            // SAFETY: bytes are plain data; the array outlives the span.
            guard unsafe !KnownHeader(whole, in: span.bytes).isOfConnection else { continue }
            var isFirst = true
            for index in 0..<fields.count
            where isEqual(fields[index].name, name, in: bytes) && !fields.isNominated(at: index) {
                // SAFETY: bytes are plain data.
                unsafe FieldChange.append(
                    isFirst ? .set : .add, span.bytes, bytes.octets(fields[index].value),
                    to: &changes)
                isFirst = false
            }
            // SAFETY: as above.
            if isFirst { unsafe FieldChange.append(.remove, span.bytes, RawSpan(), to: &changes) }
        }
        guard !changes.isOverflowed else { return nil }
        var result: [UInt8] = []
        for index in 0..<changes.count { result.append(changes.written.octet(at: index)) }
        return result
    }

    /// The field lines of an answer that is passed on.
    static func fieldLines(_ fields: borrowing HeaderFields, bytes: RawSpan) -> [UInt8] {
        var lines = ByteWriter(capacity: Limits.writtenHeadBytesMax)
        for index in 0..<fields.count
        where !fields.kind(at: index).isHopByHop && !fields.isNominated(at: index)
            && fields.kind(at: index) != .trailer
        {
            lines.append(fields[index], of: bytes)
        }
        var result: [UInt8] = []
        for index in 0..<lines.count { result.append(lines.written.octet(at: index)) }
        return result
    }

    private static func isEqual(_ range: ByteRange, _ name: [UInt8], in bytes: RawSpan) -> Bool {
        guard Int(range.count) == name.count else { return false }
        for index in name.indices
        where OctetClass.lowercased(bytes.octet(at: range.first + index)) != name[index] {
            return false
        }
        return true
    }
}
