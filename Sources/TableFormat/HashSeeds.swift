/// The seeds of a table's hashes. The compiler counts up from zero until each hash is perfect.
public struct HashSeeds: Equatable, Sendable {
    /// For the bytes of segments, labels and literals.
    public var text: UInt64 = 0
    public var host: UInt64 = 0
    public var path: UInt64 = 0
    public var trie: UInt64 = 0
    public var literal: UInt64 = 0

    public init() {}
}
