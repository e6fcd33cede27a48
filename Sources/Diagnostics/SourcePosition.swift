/// A point in a source file.
package struct SourcePosition: Comparable, Hashable, Sendable {
    // Each value of a configuration has two of these: half the size is a fifth of a run's memory.
    private let storedOffset: UInt32
    private let storedLine: UInt32
    private let storedColumn: UInt32

    /// Offset from the start of the file, in UTF-8 bytes.
    package var offset: Int { Int(storedOffset) }
    /// Line number, counted from 1.
    package var line: Int { Int(storedLine) }
    /// Column number, counted from 1, in UTF-8 bytes from the start of the line.
    package var column: Int { Int(storedColumn) }

    /// - Precondition: No number is negative or beyond 32 bits; files are much smaller.
    package init(offset: Int, line: Int, column: Int) {
        storedOffset = UInt32(offset)
        storedLine = UInt32(line)
        storedColumn = UInt32(column)
    }

    package static func < (lhs: Self, rhs: Self) -> Bool { lhs.offset < rhs.offset }
}
