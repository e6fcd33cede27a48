import RouteTable

/// Reads the field lines of a head, or of a trailer, up to the empty line.
///
/// As strict as RFC 9112, 5 allows: a line ends with CR LF and nothing else does, no line is
/// folded, no blank stands before the colon, no control is in a value.
enum FieldSection {
    enum Outcome {
        /// The bytes end before the empty line does, and nothing in them is wrong.
        case incomplete
        /// The empty line ends before this offset.
        case complete(end: Int)
        case refused(HeadFault)
    }

    /// One line, or the end of them.
    private enum Line {
        case field(HeaderField, end: Int)
        case incomplete
        case refused(HeadFault)
    }

    /// Adds the fields that begin at `start` to `fields`.
    ///
    /// - Complexity: O(*n*) for *n* bytes.
    static func parse(
        _ bytes: RawSpan, from start: Int, into fields: inout HeaderFields
    ) -> Outcome {
        var offset = start
        while offset < bytes.byteCount {
            if bytes.octet(at: offset) == OctetClass.carriageReturn {
                return emptyLine(bytes, at: offset)
            }
            switch line(bytes, from: offset) {
            case .field(let field, let end):
                let kind = KnownHeader(field.name, in: bytes)
                guard fields.append(field, kind: kind) else { return .refused(.tooManyFields) }
                offset = end
            case .incomplete: return .incomplete
            case .refused(let fault): return .refused(fault)
            }
        }
        return .incomplete
    }

    private static func emptyLine(_ bytes: RawSpan, at offset: Int) -> Outcome {
        guard offset + 1 < bytes.byteCount else { return .incomplete }
        guard bytes.octet(at: offset + 1) == OctetClass.lineFeed else {
            return .refused(.bareCarriageReturn)
        }
        return .complete(end: offset + 2)
    }

    @inline(always)
    private static func line(_ bytes: RawSpan, from start: Int) -> Line {
        let end = bytes.byteCount
        let nameEnd = OctetScan.tokenEnd(in: bytes, from: start)
        guard nameEnd < end else { return .incomplete }
        guard bytes.octet(at: nameEnd) == 0x3A, nameEnd > start else {
            return .refused(nameFault(bytes, at: nameEnd, lineStart: start))
        }
        var valueStart = nameEnd + 1
        while valueStart < end, OctetClass.isBlank(bytes.octet(at: valueStart)) { valueStart += 1 }
        var valueEnd = OctetScan.controlOffset(in: bytes, from: valueStart)
        guard valueEnd < end else { return .incomplete }
        let lineEnd = valueEnd
        if let fault = lineEndFault(bytes, at: lineEnd) { return .refused(fault) }
        guard lineEnd + 1 < end else { return .incomplete }
        while valueEnd > valueStart, OctetClass.isBlank(bytes.octet(at: valueEnd - 1)) {
            valueEnd -= 1
        }
        let field = HeaderField(
            name: ByteRange(from: start, to: nameEnd),
            value: ByteRange(from: valueStart, to: valueEnd))
        return .field(field, end: lineEnd + 2)
    }

    /// What is wrong with the control at `offset` as the end of a line, as far as can be seen.
    ///
    /// - Returns: `nil` for CR LF, and for a CR that is the last byte.
    static func lineEndFault(_ bytes: RawSpan, at offset: Int) -> HeadFault? {
        switch bytes.octet(at: offset) {
        case OctetClass.carriageReturn:
            let next = offset + 1
            guard next < bytes.byteCount else { return nil }
            return bytes.octet(at: next) == OctetClass.lineFeed ? nil : .bareCarriageReturn
        case OctetClass.lineFeed: return .bareLineFeed
        default: return .controlByte
        }
    }

    /// What is wrong with the byte that ended a name, if it is not the colon of a name.
    private static func nameFault(
        _ bytes: RawSpan, at offset: Int, lineStart: Int
    ) -> HeadFault {
        let byte = bytes.octet(at: offset)
        switch byte {
        case 0x3A: return .emptyFieldName
        case OctetClass.space, OctetClass.tab:
            return offset == lineStart ? .foldedLine : .blankBeforeColon
        case OctetClass.lineFeed: return .bareLineFeed
        default: return .invalidFieldName
        }
    }
}
