import Diagnostics
import Testing

@Suite("Source text")
struct SourceTextTests {
    @Test(
        "Lines end with LF, CR or CR LF; columns count bytes",
        arguments: [
            (0, 1, 1), (1, 1, 2), (2, 2, 1), (4, 2, 3), (6, 3, 1), (7, 4, 1), (8, 4, 2), (99, 4, 3),
        ])
    func positions(offset: Int, line: Int, column: Int) {
        let source = SourceText(name: "a", text: "a\n\u{e4}\r\n\rbc")
        let position = source.position(at: offset)
        #expect(position.line == line)
        #expect(position.column == column)
    }

    @Test("A line is given without its line break")
    func lines() {
        let source = SourceText(name: "a", text: "one\r\n\ntwo")
        #expect(
            (0...4).map { String(decoding: source.line($0), as: UTF8.self) } == [
                "", "one", "", "two", "",
            ])
    }
}
