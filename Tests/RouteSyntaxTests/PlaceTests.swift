import Diagnostics
import RouteSyntax
import Testing

/// Goal: every value has the place where it stands, whatever line breaks and characters come before it.
/// Method: for each scalar of a tree the source's own bytes at its range are compared with its text, and both ends
/// with what the index of lines says.
@Suite("Places")
struct PlaceTests {
    private static let long = String(repeating: "x", count: 700)

    @Test(
        "Every scalar stands where its range says",
        arguments: [
            "a: b\nc: [d, e]\nf:\n  - g\n  - {h: i}\n",
            "a: b\r\nc: [d, e]\r\nf:\r\n  - g\r\n  - {h: i}\r\n",
            "a: b\rc: d\r# é\re: f\r",
            "\u{FEFF}a: b\nc: d\n",
            "a: é\nö: [ü, \u{1F600}, e]\n# \u{2026}\nf: \u{2026}g\n",
            "a: b\n# \(long)\nc: d\n# é\(long)\ne: {f: \(long)}\ng: h\n",
            "a: b\n\n\n\r\n\r\nc: d\n",
        ])
    func places(text: String) throws {
        let source = SourceText(name: "a.yaml", text: text)
        var sink = DiagnosticSink()
        var sources = SourceList()
        let file = sources.add(source)
        let tree = try #require(
            SyntaxReader.read(source, as: file, environment: Environment(), into: &sink))
        var count = 0
        visit(tree) { text, range in
            count += 1
            let bytes = source.bytes[range.start.offset..<range.end.offset]
            #expect(String(decoding: bytes, as: UTF8.self) == text)
            #expect(range.start == source.position(at: range.start.offset))
            #expect(range.end == source.position(at: range.end.offset))
        }
        #expect(count >= 4)
    }

    private func visit(_ node: Node, _ body: (String, SourceRange) -> Void) {
        switch node.kind {
        case .scalar(let scalar): body(scalar.text, node.range)
        case .sequence(let items): for item in items { visit(item, body) }
        case .mapping(let entries):
            for entry in entries {
                body(entry.key.text, entry.keyRange)
                visit(entry.value, body)
            }
        }
    }

    @Test(
        "A key that is given twice is found in maps of any size", arguments: [2, 16, 17, 18, 200])
    func duplicateKeys(keyCount: Int) {
        for repeated in [0, keyCount - 1] {
            let text =
                (0..<keyCount).map { "k\($0): 1\n" }.joined() + "k\(repeated): 2\n"
            var sink = DiagnosticSink()
            var sources = SourceList()
            let source = SourceText(name: "a.yaml", text: text)
            let file = sources.add(source)
            _ = SyntaxReader.read(source, as: file, environment: Environment(), into: &sink)
            let found = sink.ordered()
            #expect(found.map(\.code) == [.duplicateKey])
            #expect(found.first?.range.start.line == keyCount + 1)
            #expect(found.first?.notes.first?.range.start.line == repeated + 1)
        }
    }
}
