/// The line of a range and the carets below it.
struct SourceSnippet {
    /// Most scalars shown of a line; of a longer one, the part around the range.
    private static let scalarCountMax = 160

    private let lineNumber: Int
    private var shownText = ""
    private var indentColumnCount = 0
    private var caretCount = 0

    init(_ range: SourceRange, of source: SourceText) {
        lineNumber = range.start.line
        let line = source.line(range.start.line)
        let start = line.startIndex + min(range.start.column - 1, line.count)
        var end = line.endIndex
        if range.end.line == range.start.line {
            end =
                line.startIndex
                + max(start - line.startIndex, min(range.end.column - 1, line.count))
        } else {
            while end > start, line[end - 1] == UInt8(ascii: " ") { end -= 1 }
        }

        let before = Array(String(decoding: line[..<start], as: UTF8.self).unicodeScalars)
        let inside = Array(String(decoding: line[start..<end], as: UTF8.self).unicodeScalars)
        let after = Array(String(decoding: line[end...], as: UTF8.self).unicodeScalars)

        let marked = inside.prefix(Self.scalarCountMax)
        let room = Self.scalarCountMax - marked.count
        let isCutBefore = before.count > max(room / 2, 60)
        let kept = isCutBefore ? before.suffix(max(room / 2, 20)) : before[...]
        let trailing = after.prefix(max(0, room - kept.count))
        let isCutAfter = inside.count > marked.count || after.count > trailing.count

        append(isCutBefore ? ["…"] : [])
        append(kept)
        indentColumnCount = columnCount(kept) + (isCutBefore ? 1 : 0)
        append(marked)
        caretCount = max(1, columnCount(marked))
        append(trailing)
        append(isCutAfter ? ["…"] : [])
    }

    /// Two lines: the source and the carets.
    func text(gutterWidth: Int) -> String {
        let number = String(lineNumber)
        let padding = String(repeating: " ", count: max(0, gutterWidth - number.utf8.count))
        let source = shownText.isEmpty ? "" : " " + shownText
        let indent = String(repeating: " ", count: indentColumnCount)
        let carets = String(repeating: "^", count: caretCount)
        let gutter = String(repeating: " ", count: gutterWidth)
        return "\(padding)\(number) |\(source)\n\(gutter) | \(indent)\(carets)\n"
    }

    private mutating func append(_ scalars: some Sequence<Unicode.Scalar>) {
        for scalar in scalars { shownText.unicodeScalars.append(SafeText.shown(scalar)) }
    }

    private func columnCount(_ scalars: some Sequence<Unicode.Scalar>) -> Int {
        scalars.reduce(0) { $0 + SafeText.columnCount(of: SafeText.shown($1)) }
    }
}
