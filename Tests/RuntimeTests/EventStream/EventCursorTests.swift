import Runtime
import Testing

@Suite("Walking over events")
struct EventCursorTests {
    private static func span<Result>(_ text: [UInt8], _ body: (RawSpan) -> Result) -> Result {
        let bytes = text.span
        // SAFETY: the bytes are plain data and live until the call returns.
        return unsafe body(bytes.bytes)
    }

    private static func walk(_ text: String) -> (cursor: EventCursor, boundary: Int?) {
        var cursor = EventCursor()
        let boundary = span(Array(text.utf8)) { cursor.advance(over: $0) }
        return (cursor, boundary)
    }

    @Test(
        "Events with data are counted, whatever ends the lines",
        arguments: [
            ("data: 1\n\ndata: 2\n\n", 2), ("data: 1\r\n\r\ndata: 2\r\n\r\n", 2),
            ("data: 1\r\rdata: 2\r\r", 2), ("data\n\n", 1), ("data:\n\n", 1),
            ("\u{FEFF}data: 1\n\n", 1),
            ("id: 1\n\n", 0), (": comment\n\n", 0), ("datas: 1\n\n", 0), ("dat\n\n", 0),
            (" data: 1\n\n", 0), ("x\u{FEFF}\ndata: 1\n\n", 1), ("data: 1\n", 0), ("\n\n\n", 0),
            ("data: a\ndata: b\nid: 3\n\n", 1),
        ])
    func counting(stream: String, count: UInt64) {
        #expect(Self.walk(stream).cursor.eventCount == count)
    }

    @Test(
        "Whole lines may be put in only where no event is open",
        arguments: [
            ("", true), ("data: 1\n\n", true), ("data: 1\r\n\r", true), ("data: 1\r\n\r\n", true),
            (": comment\n", true), ("\n", true), ("\u{FEFF}", true),
            ("d", false), ("data: 1", false), ("data: 1\n", false), ("data: 1\r\n", false),
            (": comm", false), ("id: 1\n", false), ("data: 1\n: comment\n", false),
        ])
    func between(stream: String, isBetween: Bool) {
        #expect(Self.walk(stream).cursor.isBetweenEvents == isBetween)
    }

    @Test(
        "The last place between two events of a piece is found",
        arguments: [
            ("data: 1\n\ndata: 2\n\ndata", 18), ("data: 1\r\n\r\nid", 11), (": hello\ndata: 1", 8),
            ("data: 1\n", nil), ("data: 1\r\r", 9), ("data: 1\r\r\n", 10),
        ] as [(String, Int?)])
    func boundaries(stream: String, boundary: Int?) {
        #expect(Self.walk(stream).boundary == boundary)
    }

    @Test("Half a byte order mark is the name of a field that nobody knows")
    func halfMark() {
        var cursor = EventCursor()
        let first: [UInt8] = [0xEF, 0xBB]
        _ = Self.span(first) { cursor.advance(over: $0) }
        #expect(!cursor.isBetweenEvents)
        _ = Self.span(Array("data: 1\n\n".utf8)) { cursor.advance(over: $0) }
        #expect(cursor.eventCount == 0)
        #expect(cursor.isBetweenEvents)
    }

    @Test("A stream cut anywhere is read as the whole", arguments: 1...24)
    func anySplit(size: Int) {
        let stream = Array(
            ("\u{FEFF}: hello\r\n\r\nid: 1\r\nevent: tick\r\ndata: {\"a\":1}\r\ndata: b\r\n\r\n"
                + "data\r\rdatax: 1\n\ndata: a line of more than sixteen bytes\n\n")
                .utf8)
        var whole = EventCursor()
        _ = Self.span(stream) { whole.advance(over: $0) }
        var pieces = EventCursor()
        for start in stride(from: 0, to: stream.count, by: size) {
            let piece = Array(stream[start..<min(start + size, stream.count)])
            _ = Self.span(piece) { pieces.advance(over: $0) }
        }
        #expect(pieces == whole)
        #expect(whole.eventCount == 3)
    }
}
