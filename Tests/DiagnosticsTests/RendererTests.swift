import Diagnostics
import Testing

@Suite("Renderers")
struct RendererTests {
    private let source = SourceText(
        name: "routes.yaml",
        text: """
            services: {}
            routes:
              - path: /chat/{id}
                # größer
              - {"größe 東京": /x, y: 1}

            """)

    private func list() -> SourceList {
        var sources = SourceList()
        _ = sources.add(source)
        return sources
    }

    private func range(_ text: String, _ occurrence: Int = 0) -> SourceRange {
        let wanted = Array(text.utf8)
        let starts = source.bytes.indices.filter { source.bytes[$0...].starts(with: wanted) }
        let start = starts[occurrence]
        return source.range(start..<(start + wanted.count), in: SourceFile(index: 0))
    }

    private var diagnostic: Diagnostic {
        Diagnostic(
            code: .duplicateRoute, severity: .error, range: range("y"),
            message: "this path is already routed",
            notes: [.init(range: range("/chat/{id}"), message: "first routed here")],
            suggestion: "remove \"one\"")
    }

    @Test("Text has the place, the line, carets under the right columns, and notes")
    func text() {
        let text = DiagnosticFormat.text.render([diagnostic], of: list())
        #expect(
            text == """
                routes.yaml:5:28: error: this path is already routed [WR012]
                5 |   - {"größe 東京": /x, y: 1}
                  |                        ^
                routes.yaml:3:11: note: first routed here
                3 |   - path: /chat/{id}
                  |           ^^^^^^^^^^
                help: remove "one"

                """)
    }

    @Test("JSON has one object a line with all places")
    func json() {
        let text = DiagnosticFormat.json.render([diagnostic], of: list())
        #expect(
            text == #"{"file":"routes.yaml","line":5,"column":28,"end_line":5,"end_column":29,"#
                + #""severity":"error","code":"WR012","message":"this path is already routed","#
                + #""notes":[{"file":"routes.yaml","line":3,"column":11,"end_line":3,"#
                + #""end_column":21,"message":"first routed here"}],"suggestion":"remove \"one\""}"#
                + "\n")
    }

    @Test("JSON has null where there is no suggestion, and escapes controls")
    func jsonEscapes() {
        let plain = Diagnostic(
            code: .tab, severity: .warning, range: range("services"), message: "a\u{1b}\n\\b\u{85}")
        let text = DiagnosticFormat.json.render([plain], of: list())
        #expect(
            text.hasSuffix(#""message":"a\u001b\n\\b\u0085","notes":[],"suggestion":null}"# + "\n"))
    }

    @Test("GitHub gets workflow commands with escaped text")
    func github() {
        let odd = Diagnostic(
            code: .tab, severity: .warning, range: range("services"), message: "100%\nwrong")
        let text = DiagnosticFormat.github.render([diagnostic, odd], of: list())
        #expect(
            text == """
                ::error file=routes.yaml,line=5,endLine=5,col=28,endColumn=29,title=WR012::\
                this path is already routed%0Aroutes.yaml:3: first routed here%0Ahelp: remove "one"
                ::warning file=routes.yaml,line=1,endLine=1,col=1,endColumn=9,title=WR004::100%25%0Awrong

                """)
    }

    @Test("GitHub's properties escape what would end them; related places are in the message")
    func githubProperties() {
        var sources = SourceList()
        let text = SourceText(name: "a,b:c%d.yaml", text: "x: 1\ny: 2\n")
        let file = sources.add(text)
        let diagnostic = Diagnostic(
            code: .shadowedRoute, severity: .note, range: text.range(0..<1, in: file),
            message: "a, b: c::d",
            notes: [
                .init(range: text.range(5..<6, in: file), message: "`GET http://a/%7E` goes here")
            ])
        #expect(
            DiagnosticFormat.github.render([diagnostic], of: sources) == """
                ::notice file=a%2Cb%3Ac%25d.yaml,line=1,endLine=1,col=1,endColumn=2,title=WR150::\
                a, b: c::d%0Aa,b:c%25d.yaml:2: `GET http://a/%257E` goes here

                """)
    }

    @Test("SARIF counts columns in code points and names the rules used")
    func sarif() {
        let text = DiagnosticFormat.sarif.render([diagnostic], of: list())
        #expect(text.contains(#""version":"2.1.0""#))
        #expect(text.contains(#""rules":[{"id":"WR012","#))
        #expect(
            text.contains(#""region":{"startLine":5,"startColumn":22,"endLine":5,"endColumn":23}"#))
        #expect(text.contains(#""relatedLocations":[{"physicalLocation""#))
        #expect(DiagnosticFormat.sarif.render([], of: list()).contains(#""results":[]"#))
    }

    @Test("Controls of a file never reach the terminal")
    func controls() {
        var sources = SourceList()
        let text = SourceText(name: "a\u{1b}[2J.yaml", text: "a: \u{1b}[31m\tb\u{202E}")
        let file = sources.add(text)
        let diagnostic = Diagnostic(
            code: .tab, severity: .error, range: text.range(3..<4, in: file), message: "x\u{7}y")
        let rendered = DiagnosticFormat.text.render([diagnostic], of: sources)
        #expect(
            !rendered.unicodeScalars.contains {
                $0.value < 0x20 && $0 != "\n" || $0.value == 0x202E
            })
    }

    @Test("Of a long line only the part around the range is shown")
    func longLine() {
        var sources = SourceList()
        let text = SourceText(
            name: "a",
            text: String(repeating: "x", count: 5000) + "HERE" + String(repeating: "y", count: 5000)
        )
        let file = sources.add(text)
        let diagnostic = Diagnostic(
            code: .tab, severity: .error, range: text.range(5000..<5004, in: file), message: "m")
        let lines = DiagnosticFormat.text.render([diagnostic], of: sources).split(separator: "\n")
        #expect(lines[1].count < 200)
        let caretStart = lines[2].firstIndex(of: "^").map {
            lines[2].distance(from: lines[2].startIndex, to: $0)
        }
        let hereStart = lines[1].firstRange(of: "HERE").map {
            lines[1].distance(from: lines[1].startIndex, to: $0.lowerBound)
        }
        #expect(caretStart == hereStart)
    }
}
