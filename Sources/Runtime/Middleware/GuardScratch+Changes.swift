import RouteTable

extension GuardScratch {
    /// Which head is changed.
    enum Side { case request, answer }

    /// Asks for a change to the fields of a name, with what ``value`` holds.
    mutating func change(_ kind: FieldChange.Kind, _ name: RawSpan, of side: Side) {
        switch side {
        case .request: Self.append(kind, name, value, to: &requestChanges)
        case .answer: Self.append(kind, name, value, to: &answerChanges)
        }
    }

    /// Asks for a field of the answer.
    mutating func answer(_ kind: FieldChange.Kind, _ name: StaticString, _ value: RawSpan) {
        FieldChange.append(kind, name.octets, value, to: &answerChanges)
    }

    /// Asks for a field of the answer with a number.
    mutating func answer(_ name: StaticString, _ number: UInt64) {
        FieldChange.append(.set, name.octets, number: number, to: &answerChanges)
    }

    /// Appends a claim to ``value``.
    mutating func appendClaim(_ index: UInt32) { Self.append(claims, index, to: &value) }

    private static func append(
        _ claims: borrowing ClaimValues, _ index: UInt32, to writer: inout ByteWriter
    ) {
        writer.append(claims.value(of: index))
    }

    /// Whether ``value`` may stand in a head: what came from a token or a request could hold a line break.
    mutating func isValueSafe() -> Bool {
        guard !value.isOverflowed else { return false }
        let written = value.written
        return OctetScan.controlOffset(in: written, from: 0) == written.byteCount
    }

    /// Keeps apart what is lent and what is written to.
    private static func append(
        _ kind: FieldChange.Kind, _ name: RawSpan, _ value: borrowing ByteWriter,
        to changes: inout ByteWriter
    ) {
        FieldChange.append(kind, name, value.written, to: &changes)
    }
}
