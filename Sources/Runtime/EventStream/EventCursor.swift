internal import CBytes

/// Walks over a stream of server-sent events and knows where one ends.
///
/// The format is that of the HTML standard, 9.2.5 and 9.2.6: UTF-8 with an optional byte order mark,
/// lines that end with LF, CR or CR LF, an empty line behind each event. The cursor is given the
/// stream piece by piece, cut anywhere, and keeps a few bytes of state: no byte is copied.
///
///     start ──BOM──▶ between ──first byte of a line──▶ in a line ──line end──▶ begin of a line
///                       ▲                                                        │
///                       └───────────── empty line: the event has ended ──────────┘
package struct EventCursor: BitwiseCopyable, Equatable, Sendable {
    private enum Position: UInt8, BitwiseCopyable {
        /// Nothing has come. A byte order mark may.
        case start
        /// One or two bytes of a byte order mark have come.
        case inMark
        case lineStart
        /// All bytes of the line so far are the beginning of `data`, or that and nothing behind it.
        case inName
        /// Somewhere in a line whose field is known, or does not count.
        case inLine
    }

    /// Number of events that a client dispatches: those with data.
    package private(set) var eventCount: UInt64 = 0
    private var position = Position.start
    /// How many bytes of the mark or of `data` have come.
    private var matchCount: UInt8 = 0
    /// A field of an event has come, and the empty line behind it has not. A comment is no field.
    private var hasFields = false
    private var hasData = false
    /// The last byte was a CR: an LF belongs to it.
    private var isBehindReturn = false

    package init() {}

    /// Whether nothing has come at all.
    package var isAtStart: Bool { position == .start }
    /// Whether whole lines can be put in here without changing an event.
    package var isBetweenEvents: Bool {
        position == .start || (position == .lineStart && !hasFields)
    }

    /// Walks over the next piece of the stream.
    ///
    /// - Returns: The number of bytes up to the last place between two events, if the piece has one
    ///   behind its first byte.
    /// - Complexity: O(*n*) for *n* bytes, sixteen at once within a line.
    package mutating func advance(over bytes: RawSpan) -> Int? {
        var boundary: Int?
        var offset = 0
        let end = bytes.byteCount
        while offset < end {
            switch position {
            case .start, .inMark: takeMark(bytes, &offset)
            case .lineStart:
                if takeLineStart(bytes, &offset) { boundary = offset }
            case .inName: takeName(bytes, &offset)
            case .inLine:
                offset = Self.lineEnd(in: bytes, from: offset)
                if offset < end {
                    endLine(with: bytes.octet(at: offset))
                    offset += 1
                    if !hasFields { boundary = offset }
                }
            }
        }
        return boundary
    }

    /// Where the first CR or LF stands at or behind `offset`, or the end.
    private static func lineEnd(in bytes: RawSpan, from offset: Int) -> Int {
        // SAFETY: the offset is inside the span, and no byte behind its end is read.
        unsafe bytes.withUnsafeBytes { bytes in
            let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[offset...])
            guard let start = unsafe rest.assumingMemoryBound(to: UInt8.self).baseAddress else {
                return offset
            }
            let length = unsafe cbytes_line_end(start, rest.count)
            return offset + length
        }
    }

    private static let mark: InlineArray<3, UInt8> = [0xEF, 0xBB, 0xBF]
    private static let dataName: InlineArray<4, UInt8> = [0x64, 0x61, 0x74, 0x61]

    /// What looks like a mark and is none is the name of a field that nobody knows.
    private mutating func takeMark(_ bytes: RawSpan, _ offset: inout Int) {
        guard bytes.octet(at: offset) == Self.mark[Int(matchCount)] else {
            if matchCount > 0 {
                hasFields = true
                position = .inLine
            } else {
                position = .lineStart
            }
            matchCount = 0
            return
        }
        offset += 1
        matchCount += 1
        position = matchCount == 3 ? .lineStart : .inMark
        if matchCount == 3 { matchCount = 0 }
    }

    /// - Returns: Whether the line was empty.
    private mutating func takeLineStart(_ bytes: RawSpan, _ offset: inout Int) -> Bool {
        let byte = bytes.octet(at: offset)
        let wasBehindReturn = isBehindReturn
        isBehindReturn = false
        switch byte {
        case OctetClass.lineFeed where wasBehindReturn:
            offset += 1
            return !hasFields
        case OctetClass.lineFeed, OctetClass.carriageReturn:
            offset += 1
            isBehindReturn = byte == OctetClass.carriageReturn
            if hasData { eventCount += 1 }
            hasFields = false
            hasData = false
            return true
        case 0x3A:
            position = .inLine
        case Self.dataName[0]:
            hasFields = true
            matchCount = 0
            position = .inName
        default:
            hasFields = true
            position = .inLine
        }
        return false
    }

    private mutating func takeName(_ bytes: RawSpan, _ offset: inout Int) {
        let byte = bytes.octet(at: offset)
        if matchCount < 4 {
            guard byte == Self.dataName[Int(matchCount)] else {
                position = .inLine
                return
            }
            matchCount += 1
            offset += 1
            return
        }
        // A line without a colon is a field with an empty value.
        let endsName =
            byte == 0x3A || byte == OctetClass.lineFeed || byte == OctetClass.carriageReturn
        if endsName { hasData = true }
        position = .inLine
    }

    private mutating func endLine(with byte: UInt8) {
        isBehindReturn = byte == OctetClass.carriageReturn
        position = .lineStart
        matchCount = 0
    }
}
