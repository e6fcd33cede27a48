import RouteTable

/// What a run of changes makes of a head.
package enum FieldChanges {
    /// Marks the fields of a head that are not passed on, and appends the lines that the changes add.
    ///
    /// - Parameters:
    ///   - changes: As ``FieldChange`` describes.
    ///   - bytes: What the fields were parsed of.
    ///   - isRequest: Then `_` and `-` in names of fields are the same to a change that takes fields away, whoever
    ///     brought them: what backends run by CGI and its kin can't tell them apart, so a client could bring `X_User`
    ///     in the place of an `X-User` that only guards may state.
    ///   - lines: Gets complete lines. Its overflow flag tells if there was no room.
    /// - Returns: The kinds of fields about the client that the changes state in the place of this proxy.
    @discardableResult
    package static func apply(
        _ changes: RawSpan, to fields: inout HeaderFields, of bytes: RawSpan, isRequest: Bool,
        into lines: inout ByteWriter
    ) -> UInt64 {
        var present: UInt64 = 0
        for index in 0..<fields.count {
            present |= FieldChange.mark(of: fields[index].name, in: bytes)
        }
        let start = lines.count
        var stated: UInt64 = 0
        var added: UInt64 = 0
        var mayBeOverruled = false
        var offset = 0
        while let change = FieldChange(at: offset, of: changes) {
            offset = change.end
            if change.kind.drops {
                // A prefix is of many names.
                let marks = change.kind == .removePrefix ? UInt64.max : change.mark
                if marks & added != 0 { mayBeOverruled = true }
                if marks & present != 0 {
                    drop(by: change, of: changes, from: &fields, of: bytes, isRequest: isRequest)
                }
                stated |= statedKind(by: change, of: changes)
            }
            guard change.kind.adds, !change.value.isEmpty else { continue }
            if change.kind == .addListItem, isListed(change, in: changes, fields, of: bytes) {
                continue
            }
            added |= change.mark
            lines.append(changes.octets(change.line))
        }
        if mayBeOverruled {
            lines.truncate(to: start)
            writeLast(
                changes, beside: fields, of: bytes, foldsMarks: isRequest, into: &lines)
        }
        return stated
    }

    private static func drop(
        by change: FieldChange, of changes: RawSpan, from fields: inout HeaderFields,
        of bytes: RawSpan, isRequest: Bool
    ) {
        for index in 0..<fields.count
        where change.names(fields[index].name, of: bytes, in: changes, foldsMarks: isRequest) {
            fields.drop(at: index)
        }
    }

    /// What a change says of the client in the place of this proxy.
    @inline(always)
    private static func statedKind(by change: FieldChange, of changes: RawSpan) -> UInt64 {
        // The name of such a field begins with `Forwarded` or `X-`.
        let first = changes.octet(at: change.name.first) | 0x20
        guard first == UInt8(ascii: "x") || first == UInt8(ascii: "f") else { return 0 }
        let kind = KnownHeader(change.name, in: changes)
        return kind.isForwarding || kind == .xRequestID ? kind.bit : 0
    }

    /// Appends the lines that the changes add and that no later one takes away.
    private static func writeLast(
        _ changes: RawSpan, beside fields: borrowing HeaderFields, of bytes: RawSpan,
        foldsMarks: Bool, into lines: inout ByteWriter
    ) {
        var offset = 0
        while let change = FieldChange(at: offset, of: changes) {
            offset = change.end
            if change.kind == .addListItem, isListed(change, in: changes, fields, of: bytes) {
                continue
            }
            write(change, of: changes, foldsMarks: foldsMarks, into: &lines)
        }
    }

    /// Applies changes to an answer that was made here: a copy of it with other fields goes to `writer`.
    ///
    /// - Parameter answer: Head and content, written by this program.
    package static func rewrite(
        _ answer: RawSpan, by changes: RawSpan, into writer: inout ByteWriter
    ) {
        var start = lineEnd(of: answer, from: 0)
        writer.append(answer.extracting(0..<start))
        while answer.octet(at: start) != OctetClass.carriageReturn {
            let end = lineEnd(of: answer, from: start)
            var colon = start
            while answer.octet(at: colon) != 0x3A { colon += 1 }
            if !isDropped(ByteRange(from: start, to: colon), of: answer, by: changes) {
                writer.append(answer.extracting(start..<end))
            }
            start = end
        }
        var offset = 0
        while let change = FieldChange(at: offset, of: changes) {
            offset = change.end
            write(change, of: changes, foldsMarks: false, into: &writer)
        }
        writer.append(answer.extracting(start..<answer.byteCount))
    }

    /// Appends what a change adds, if it adds something and no later change takes it away.
    private static func write(
        _ change: FieldChange, of changes: RawSpan, foldsMarks: Bool,
        into writer: inout ByteWriter
    ) {
        guard change.kind.adds, !change.value.isEmpty,
            !isOverruled(change, in: changes, foldsMarks: foldsMarks)
        else { return }
        writer.append(changes.octets(change.line))
    }

    /// The offset behind the line that begins at `start`.
    private static func lineEnd(of answer: RawSpan, from start: Int) -> Int {
        var end = start
        while answer.octet(at: end) != OctetClass.lineFeed { end += 1 }
        return end + 1
    }

    private static func isDropped(
        _ name: ByteRange, of bytes: RawSpan, by changes: RawSpan
    ) -> Bool {
        // Framing is this program's own, whatever a table says.
        if KnownHeader(name, in: bytes).isHopByHop { return false }
        var offset = 0
        while let change = FieldChange(at: offset, of: changes) {
            offset = change.end
            if change.kind.drops, change.names(name, of: bytes, in: changes) { return true }
        }
        return false
    }

    /// Whether a later change takes away what this one adds.
    private static func isOverruled(
        _ change: FieldChange, in changes: RawSpan, foldsMarks: Bool
    ) -> Bool {
        var offset = change.end
        while let later = FieldChange(at: offset, of: changes) {
            offset = later.end
            if later.kind.drops,
                later.names(change.name, of: changes, in: changes, foldsMarks: foldsMarks)
            {
                return true
            }
        }
        return false
    }

    private static func isListed(
        _ change: FieldChange, in changes: RawSpan, _ fields: borrowing HeaderFields,
        of bytes: RawSpan
    ) -> Bool {
        for index in 0..<fields.count
        where !fields.isNominated(at: index)
            && change.names(fields[index].name, of: bytes, in: changes)
        {
            var list = ListCursor(fields[index].value)
            while let item = list.next(in: bytes) {
                if item.count == 1, bytes.octet(at: item.first) == UInt8(ascii: "*") { return true }
                if isEqual(item, of: bytes, change.value, of: changes) { return true }
            }
        }
        return false
    }

    /// Whether two texts are the same without regard to the case of letters.
    ///
    /// - Parameter foldsMarks: Then `_` and `-` are the same too.
    static func isEqual(
        _ first: ByteRange, of firstBytes: RawSpan, _ second: ByteRange, of secondBytes: RawSpan,
        foldsMarks: Bool = false
    ) -> Bool {
        guard first.count == second.count else { return false }
        for index in 0..<Int(first.count) {
            let left = OctetClass.lowercased(firstBytes.octet(at: first.first + index))
            let right = OctetClass.lowercased(secondBytes.octet(at: second.first + index))
            if left == right { continue }
            guard foldsMarks, isMark(left), isMark(right) else { return false }
        }
        return true
    }

    private static func isMark(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
    }
}

extension FieldChange {
    /// Whether a field of this name is meant.
    ///
    /// - Parameters:
    ///   - bytes: What `field` is a range of.
    ///   - changes: What this change was read of.
    ///   - foldsMarks: Then `_` and `-` are the same.
    func names(
        _ field: ByteRange, of bytes: RawSpan, in changes: RawSpan, foldsMarks: Bool = false
    ) -> Bool {
        var field = field
        if kind == .removePrefix {
            guard field.count >= name.count else { return false }
            field.count = name.count
        }
        return FieldChanges.isEqual(
            field, of: bytes, name, of: changes, foldsMarks: foldsMarks)
    }
}
