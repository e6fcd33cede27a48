/// The seeds of a table's hashes. The compiler counts up from zero until each hash is perfect.
package struct HashSeeds: Equatable, Sendable {
    /// For the bytes of segments, labels and literals.
    package var text: UInt64 = 0
    package var host: UInt64 = 0
    package var exact: UInt64 = 0
    package var shape: UInt64 = 0
    package var trie: UInt64 = 0
    package var literal: UInt64 = 0

    package init() {}
}
