import Diagnostics
import RouteSyntax
import Testing

@Suite("YAML tree")
struct SyntaxReaderTests {
    private func read(
        _ bytes: [UInt8], environment: [String: String] = [:]
    ) -> (tree: Node?, diagnostics: [Diagnostic]) {
        var sink = DiagnosticSink()
        var sources = SourceList()
        let source = SourceText(name: "a.yaml", bytes: bytes)
        let file = sources.add(source)
        let tree = SyntaxReader.read(
            source, as: file, environment: Environment(environment), into: &sink)
        return (tree, sink.ordered())
    }

    private func read(
        _ text: String, environment: [String: String] = [:]
    ) -> (tree: Node?, diagnostics: [Diagnostic]) {
        read(Array(text.utf8), environment: environment)
    }

    /// The tree in one line, to compare with.
    private func show(_ node: Node?) -> String {
        guard let node else { return "nothing" }
        switch node.kind {
        case .scalar(let scalar): return scalar.isPlain ? scalar.text : "'\(scalar.text)'"
        case .sequence(let items): return "[" + items.map(show).joined(separator: " ") + "]"
        case .mapping(let entries):
            return "{" + entries.map { "\($0.key.text):\(show($0.value))" }.joined(separator: " ")
                + "}"
        }
    }

    @Test(
        "Text becomes a tree",
        arguments: [
            ("a: 1\nb: 'x'", "{a:1 b:'x'}"),
            ("- a\n- [b, c]\n- {d: e}", "[a [b c] {d:e}]"),
            ("a: |\n  x\n  y\n", "{a:'x\ny\n'}"),
            ("a: &x {b: 1}\nc: *x", "{a:{b:1} c:{b:1}}"),
            ("a: &x {b: 1, c: 2}\nd: {<<: *x, c: 3}", "{a:{b:1 c:2} d:{c:3 b:1}}"),
            (
                "a: &x {b: 1}\nb: &y {b: 2, c: 3}\nd: {<<: [*x, *y]}",
                "{a:{b:1} b:{b:2 c:3} d:{b:1 c:3}}"
            ),
            ("a: !!str 1", "{a:'1'}"),
            ("a: {'<<': 1}", "{a:{<<:1}}"),
            ("\u{FEFF}a: b", "{a:b}"),
        ])
    func trees(text: String, expected: String) {
        let (tree, diagnostics) = read(text)
        #expect(show(tree) == expected)
        #expect(diagnostics.isEmpty)
    }

    @Test(
        "Variables are put in, with defaults, in plain and quoted text",
        arguments: [
            ("a: ${X}", "{a:1}"),
            ("a: \"${X}\"", "{a:1}"),
            ("a: x${X}y${X}", "{a:x1y1}"),
            ("a: ${Y:-2}", "{a:2}"),
            ("a: ${E:-2}", "{a:2}"),
            ("a: ${E}", "{a:}"),
            ("a: ${Y:-}", "{a:}"),
            ("a: $${X}", "{a:${X}}"),
            ("a: $X", "{a:$X}"),
            ("a: $$X", "{a:$$X}"),
            ("${X}: b", "{1:b}"),
        ])
    func variables(text: String, expected: String) {
        let (tree, diagnostics) = read(text, environment: ["X": "1", "E": ""])
        #expect(show(tree) == expected)
        #expect(diagnostics.isEmpty)
    }

    @Test("What comes from a variable is not read again")
    func variablesOnce() {
        let (tree, diagnostics) = read("a: ${X}", environment: ["X": "${Y} # [b, c]\nd: e"])
        #expect(show(tree) == "{a:${Y} # [b, c]\nd: e}")
        #expect(diagnostics.isEmpty)
    }

    @Test(
        "Every fault has its code and place",
        arguments: [
            ("a: 1\na: 2", "WR007 2:1"),
            ("a: *x", "WR009 1:4"),
            ("a: &x [*x]", "WR009 1:8"),
            ("a: [b", "WR001 1:6"),
            ("a:\n\tb: 1", "WR004 2:1"),
            ("a:\tb", "WR004 1:3"),
            ("a: b\n---\nc: d", "WR006 2:1"),
            ("a: b\n...\nc: d", "WR001 3:1"),
            ("", "WR005 1:1"),
            ("# nothing\n", "WR005 1:1"),
            ("~", "WR005 1:1"),
            ("a: !x b", "WR015 1:4"),
            ("[a]: b", "WR008 1:1"),
            ("a: {<<: 1}", "WR014 1:9"),
            ("a: ${X}", "WR016 1:4"),
            ("a: x${", "WR017 1:5"),
            ("\u{e4}: \u{1}", "WR003 1:5"),
            ("ä: *ö", "WR001 1:6"),
        ])
    func faults(text: String, expected: String) {
        let shown = read(text).diagnostics.map {
            "\($0.code.rawValue) \($0.range.start.line):\($0.range.start.column)"
        }
        #expect(shown == [expected])
    }

    @Test(
        "Bytes that are not UTF-8 are refused where they begin",
        arguments: [
            ([0x61, 0x3A, 0xFF], 3), ([0xC0, 0x80], 1), ([0x61, 0xED, 0xA0, 0x80], 2),
            ([0xF4, 0x90, 0x80, 0x80], 1), ([0x61, 0xE2, 0x82], 2), ([0xFF, 0xFE, 0x61, 0x00], 1),
        ])
    func invalidUTF8(bytes: [UInt8], column: Int) {
        let (tree, diagnostics) = read(bytes)
        #expect(tree == nil)
        #expect(diagnostics.map(\.code) == [.invalidUTF8])
        #expect(diagnostics.map(\.range.start.column) == [column])
    }

    @Test("Places count bytes although libyaml counts characters")
    func bytePlaces() {
        let text = "# \(String(repeating: "東京", count: 300))\n\"ü\": {b: ü, c: [d]}\n"
        let (tree, _) = read(text)
        guard case .mapping(let entries)? = tree?.kind,
            case .mapping(let inner)? = entries.first?.value.kind
        else {
            Issue.record("not a map in a map")
            return
        }
        #expect(inner.map(\.keyRange.start.column) == [8, 15])
        #expect(inner.map(\.keyRange.start.line) == [2, 2])
        #expect(inner.map(\.value.range.start.column) == [11, 18])
        #expect(inner.map(\.value.range.end.column) == [13, 21])
    }

    @Test("A part of a text has its own place if the source spells it so")
    func partPlaces() {
        let (tree, _) = read("- abc\n- 'abc'\n- \"a\\x62c\"\n- \"abc\"\n")
        guard case .sequence(let items)? = tree?.kind else {
            Issue.record("not a list")
            return
        }
        let columns = items.map { $0.range(ofText: 1..<2) }.map {
            "\($0.start.column)-\($0.end.column)"
        }
        #expect(columns == ["4-5", "5-6", "3-11", "5-6"])
    }

    @Test("Aliases can't expand to more than the limit")
    func aliasLimit() {
        let row = "[" + Array(repeating: "x", count: 999).joined(separator: ",") + "]"
        let aliases = { (count: Int) in
            Array(repeating: "- *a", count: count).joined(separator: "\n")
        }
        #expect(read("- &a \(row)\n" + aliases(100)).diagnostics.isEmpty)
        #expect(read("- &a \(row)\n" + aliases(101)).diagnostics.map(\.code) == [.aliasesTooLarge])
    }

    @Test("Nesting is bounded, through aliases too")
    func depthLimit() {
        let nested = { (depth: Int) in
            String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
        }
        #expect(read(nested(64)).diagnostics.isEmpty)
        #expect(read(nested(65)).diagnostics.map(\.code) == [.tooDeep])
        #expect(read(nested(100_000)).diagnostics.map(\.code) == [.tooDeep])
        #expect(read("- &a \(nested(40))\n- [[[[[*a]]]]]").diagnostics.isEmpty)
        #expect(read("- &a \(nested(60))\n- [[[[[*a]]]]]").diagnostics.map(\.code) == [.tooDeep])
    }

    @Test("What the environment brings is bounded")
    func expansionLimit() {
        let large = String(repeating: "x", count: 1 << 20)
        let text = Array(repeating: "- ${X}", count: 17).joined(separator: "\n")
        #expect(read(text, environment: ["X": large]).diagnostics.map(\.code) == [.fileTooLarge])
    }

    @Test("Tabs are part of text and comments")
    func allowedTabs() {
        #expect(read("a: \"b\tc\" # d\te\nf: |\n  g\th\n").diagnostics.isEmpty)
    }
}
