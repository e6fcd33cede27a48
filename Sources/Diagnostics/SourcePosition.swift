/// A point in a source file.
package struct SourcePosition: Comparable, Hashable, Sendable {
    /// Offset from the start of the file, in UTF-8 bytes.
    package let offset: Int
    /// Line number, counted from 1.
    package let line: Int
    /// Column number, counted from 1, in UTF-8 bytes from the start of the line.
    package let column: Int

    package init(offset: Int, line: Int, column: Int) {
        self.offset = offset
        self.line = line
        self.column = column
    }

    package static func < (lhs: Self, rhs: Self) -> Bool { lhs.offset < rhs.offset }
}
