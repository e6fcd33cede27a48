import RouteTable

extension FieldChanges {
    /// Marks the fields of an interim head or of a trailer that guards have decided about. They come before or
    /// behind the head that guards have changed, and a receiver may make one of both (RFC 9110, 6.5.1), so that
    /// what was taken away there would be back.
    ///
    /// - Parameters:
    ///   - changes: As ``FieldChange`` describes: those of the head.
    ///   - bytes: What the fields were parsed of.
    ///   - isRequest: Then what a change only adds to is marked too: a client has no part in what guards state.
    ///     Of an answer, whose backend is trusted with its own fields, that is passed on beside what was added.
    package static func dropLate(
        _ changes: RawSpan, from fields: inout HeaderFields, of bytes: RawSpan, isRequest: Bool
    ) {
        var offset = 0
        while let change = FieldChange(at: offset, of: changes) {
            offset = change.end
            guard isRequest || change.kind.drops else { continue }
            for index in 0..<fields.count
            where change.names(fields[index].name, of: bytes, in: changes, foldsMarks: true) {
                fields.drop(at: index)
            }
        }
    }
}
