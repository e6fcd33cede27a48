import Diagnostics
import Testing

@Suite("Diagnostic sink")
struct DiagnosticSinkTests {
    private func range(_ file: Int, _ offset: Int) -> SourceRange {
        let position = SourcePosition(offset: offset, line: 1, column: offset + 1)
        return SourceRange(file: SourceFile(index: file), start: position, end: position)
    }

    @Test("Diagnostics come back by file, then position, then arrival, each once")
    func order() {
        var sink = DiagnosticSink()
        sink.warning(.tab, at: range(1, 0), "fifth")
        sink.error(.tab, at: range(0, 9), "third")
        sink.error(.tab, at: range(0, 3), "first")
        sink.error(.tab, at: range(0, 9), "fourth")
        sink.error(.tab, at: range(0, 3), "second")
        sink.error(.tab, at: range(0, 3), "first")
        #expect(sink.ordered().map(\.message) == ["first", "second", "third", "fourth", "fifth"])
    }

    @Test("Only errors make it fail")
    func hasErrors() {
        var sink = DiagnosticSink()
        sink.warning(.tab, at: range(0, 0), "warning")
        #expect(!sink.hasErrors)
        sink.error(.tab, at: range(0, 0), "error")
        #expect(sink.hasErrors)
    }

    @Test("Beyond the maximum diagnostics are counted and errors still noticed")
    func maximum() {
        var sink = DiagnosticSink()
        for offset in 0..<(DiagnosticSink.diagnosticCountMax + 5) {
            sink.warning(.tab, at: range(0, offset), "w")
        }
        sink.error(.tab, at: range(0, 0), "e")
        #expect(sink.ordered().count == DiagnosticSink.diagnosticCountMax)
        #expect(sink.omittedCount == 6)
        #expect(sink.hasErrors)
        #expect(sink.ordered().contains { $0.message == "e" }, "errors take the places of warnings")
    }
}
