import TableFormat

extension Matcher {
    /// Makes the rewritten path and its canonical form.
    mutating func fillRewrite(
        _ action: ActionRecord, of route: UInt32, in table: borrowing LoadedTable
    ) -> RequestRefusal? {
        if action.flags & ActionRecord.replacesPath != 0 {
            guard fillTemplate(action, of: route, query: RawSpan(), in: table) else {
                return .pathTooLong
            }
        } else {
            text.removeAll()
            // SAFETY: one text lies in the table, the other in the path; `start` is at most its count.
            if !action.addPrefix.isNone { unsafe text.append(table.view.text(action.addPrefix)) }
            let start = strippedByteCount(action, in: table)
            let rest = unsafe UnsafeRawBufferPointer(rebasing: path.buffer[start...])
            unsafe text.append(rest)
        }
        if text.count == 0 { text.append(UInt8(ascii: "/")) }
        if text.isOverfull { return .pathTooLong }
        // SAFETY: the text is not changed before `forward` has read it.
        let rewritten = unsafe text.buffer
        let refusal = forward.set(unsafe RawSpan(_unsafeBytes: rewritten), rules: table.pathRules)
        if refusal == nil, table.deniesHiddenFiles, forward.hasHiddenSegment { return .hiddenFile }
        return refusal
    }

    /// How much of the path the prefix takes away: whole segments only.
    private func strippedByteCount(
        _ action: ActionRecord, in table: borrowing LoadedTable
    ) -> Int {
        guard !action.stripPrefix.isNone else { return 0 }
        // SAFETY: the prefix lies in the table. Of the path no byte is read behind its count.
        let prefix = unsafe table.view.text(action.stripPrefix)
        guard prefix.count <= path.count,
            unsafe Bytes.areEqual(
                prefix, UnsafeRawBufferPointer(rebasing: path.buffer[..<prefix.count])),
            unsafe prefix.count == path.count || path.bytes[prefix.count] == UInt8(ascii: "/")
        else { return 0 }
        return prefix.count
    }

    /// Fills in a template into ``text``.
    ///
    /// - Returns: Whether it fits, and every piece could be had.
    mutating func fillTemplate(
        _ action: ActionRecord, of route: UInt32, query: RawSpan, in table: borrowing LoadedTable
    ) -> Bool {
        text.removeAll()
        for index in 0..<action.pieceCount {
            let piece = table.view.templatePiece(action.firstPiece + index)
            switch PieceKind(rawValue: piece.kind) {
            case .literal:
                // SAFETY: the bytes lie in the table, which outlives the call.
                let literal = unsafe table.view.text(
                    offset: piece.value, byteCount: Int(piece.byteCount))
                unsafe text.append(literal)
            case .host:
                // A request without a host gives no authority to redirect to.
                guard host.count > 0 else { return false }
                unsafe text.append(host.buffer)
            case .path: unsafe text.append(path.buffer)
            case .query:
                if query.byteCount > 0 {
                    text.append(UInt8(ascii: "?"))
                    text.append(query)
                }
            case .segment: appendSegments(from: piece.value, isRest: false)
            case .rest: appendSegments(from: piece.value, isRest: true)
            case .routeGroup:
                let record = table.view.route(route)
                guard record.kind == RouteKind.regex.rawValue else { continue }
                // SAFETY: the path stays as it is: what is appended goes into other memory.
                let subject = unsafe path.buffer
                guard unsafe appendGroup(piece.value, of: record.regex, subject, in: table) else {
                    return false
                }
            case .hostGroup:
                guard matchedHost != .none else { continue }
                let regex = table.view.host(matchedHost).regex
                guard regex != .none else { continue }
                // SAFETY: the host stays as it is: what is appended goes into other memory.
                let subject = unsafe host.buffer
                guard unsafe appendGroup(piece.value, of: regex, subject, in: table) else {
                    return false
                }
            case nil: return false
            }
        }
        return !text.isOverfull
    }

    /// Whether the template of a redirect, and not what the request filled in, says which site the filled-in
    /// ``text`` leads to: it begins with a scheme or two slashes of the template's own, or is a path. Browsers
    /// take `//x`, `/\x` and `x:y` for other sites (URL standard, 4.4).
    func templateNamesSite(_ action: ActionRecord, in table: borrowing LoadedTable) -> Bool {
        let first = table.view.templatePiece(action.firstPiece)
        if first.kind == PieceKind.literal.rawValue, first.byteCount > 1 { return true }
        let slash = UInt8(ascii: "/")
        // SAFETY: no byte is read at or behind the count.
        let location = unsafe text.buffer
        guard text.count > 0, unsafe location[0] == slash else { return false }
        guard text.count > 1 else { return true }
        let second = unsafe location[1]
        return second != slash && second != UInt8(ascii: "\\")
    }

    /// Appends what a capture has taken, if it took part.
    ///
    /// - Returns: False if a regex could not be run again within its limits.
    @discardableResult
    mutating func fillCapture(
        _ capture: RouteCapture, of route: UInt32, in table: borrowing LoadedTable
    ) -> Bool {
        switch capture.kind {
        case .segment: appendSegments(from: capture.value, isRest: false)
        case .rest: appendSegments(from: capture.value, isRest: true)
        case .routeGroup:
            let record = table.view.route(route)
            guard record.kind == RouteKind.regex.rawValue else { return true }
            // SAFETY: the path stays as it is: what is appended goes into other memory.
            let subject = unsafe path.buffer
            return unsafe appendGroup(capture.value, of: record.regex, subject, in: table)
        case .hostGroup:
            guard matchedHost != .none else { return true }
            let regex = table.view.host(matchedHost).regex
            guard regex != .none else { return true }
            // SAFETY: the host stays as it is: what is appended goes into other memory.
            let subject = unsafe host.buffer
            return unsafe appendGroup(capture.value, of: regex, subject, in: table)
        case .literal, .host, .path, .query: break
        }
        return true
    }

    /// One segment of the path, or all from it on. A position behind the path gives nothing.
    private mutating func appendSegments(from position: UInt32, isRest: Bool) {
        guard Int(position) < path.segmentCount else { return }
        let (start, count) = path.segment(Int(position))
        let end = isRest ? path.count : start + count
        // SAFETY: segments lie inside the path, which is no part of `text`.
        unsafe text.append(UnsafeRawBufferPointer(rebasing: path.buffer[start..<end]))
    }

    /// What a group took, or nothing if it took no part.
    ///
    /// - Returns: false if the regex could not be run again within its limits.
    private mutating func appendGroup(
        _ group: UInt32, of regex: UInt32, _ subject: UnsafeRawBufferPointer,
        in table: borrowing LoadedTable
    ) -> Bool {
        // SAFETY: a group lies inside the subject, which is no part of `text`.
        switch unsafe regexes.matchForCaptures(regex, subject, in: table) {
        case .tooExpensive: return false
        case .noMatch: return true
        case .match: break
        }
        if let range = regexes.group(group, in: subject.count) {
            unsafe text.append(UnsafeRawBufferPointer(rebasing: subject[range]))
        }
        return true
    }
}
