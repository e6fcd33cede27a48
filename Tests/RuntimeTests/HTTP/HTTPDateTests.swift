import Runtime
import Testing

@Suite("Dates of answers")
struct HTTPDateTests {
    @Test(
        "A moment is written as RFC 9110 has it",
        arguments: [
            (0, "Thu, 01 Jan 1970 00:00:00 GMT"),
            (784_111_777, "Sun, 06 Nov 1994 08:49:37 GMT"),
            (951_782_399, "Mon, 28 Feb 2000 23:59:59 GMT"),
            (951_782_400, "Tue, 29 Feb 2000 00:00:00 GMT"),
            (4_107_542_400, "Mon, 01 Mar 2100 00:00:00 GMT"),
            (1_798_761_599, "Thu, 31 Dec 2026 23:59:59 GMT"),
        ])
    func moments(seconds: Int64, expected: String) {
        let date = HTTPDate(seconds: seconds)
        let written = text(date.bytes)
        #expect(written == expected)
        #expect(HTTPDate.seconds(of: date.bytes) == seconds)
    }

    @Test(
        "What is no date in that form is none",
        arguments: [
            "", "Sun, 06 Nov 1994 08:49:37", "Sunday, 06-Nov-94 08:49:37 GMT",
            "Sun Nov  6 08:49:37 1994", "Sun, 06 Nov 1994 08:49:37 CET",
            "Sun, 00 Nov 1994 08:49:37 GMT", "Sun, 06 Nov 1994 24:49:37 GMT",
            "Sun, 06 nov 1994 08:49:37 GMT", "Sun, 0x Nov 1994 08:49:37 GMT",
        ])
    func others(written: String) {
        let bytes = Array(written.utf8)
        let span = bytes.span
        // SAFETY: the view is of bytes and is used while the array lives.
        let seconds = unsafe HTTPDate.seconds(of: span.bytes)
        #expect(seconds == nil)
    }

    @Test("An answer that is made here says when, if that is known")
    func answer() {
        var writer = ByteWriter(capacity: 1_024)
        StaticAnswer.writeOptions(terms: .unreadable, into: &writer)
        let without = text(writer.written)
        #expect(!without.contains("Date"))
        writer.clear()
        writer.date = HTTPDate(seconds: 784_111_777)
        StaticAnswer.writeOptions(terms: .unreadable, into: &writer)
        let with = text(writer.written)
        #expect(with.contains("\r\nDate: Sun, 06 Nov 1994 08:49:37 GMT\r\n"))
    }
}
