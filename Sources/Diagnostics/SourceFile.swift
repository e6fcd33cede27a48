/// Names one file of a configuration: its place in the list of files that were read.
///
/// The main file is 0; fragments follow in the order in which they were read.
package struct SourceFile: Comparable, Hashable, Sendable {
    private let storedIndex: UInt32

    package var index: Int { Int(storedIndex) }

    package init(index: Int) { storedIndex = UInt32(index) }

    package static func < (lhs: Self, rhs: Self) -> Bool { lhs.index < rhs.index }
}
