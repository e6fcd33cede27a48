/// The endpoints that have failed a request, so that it is not sent there again at once.
///
/// Remembers the last few: who fails at so many has other worries.
package struct TriedEndpoints: BitwiseCopyable, Sendable {
    /// How many are remembered.
    package static let countMax = 4

    private var indices: (UInt32, UInt32, UInt32, UInt32) = (.max, .max, .max, .max)

    package init() {}

    /// Whether none has failed.
    package var isEmpty: Bool { indices.0 == .max }

    /// Whether `index` is among those remembered.
    package func contains(_ index: UInt32) -> Bool {
        indices.0 == index || indices.1 == index || indices.2 == index || indices.3 == index
    }

    /// Remembers one more.
    package mutating func insert(_ index: UInt32) {
        guard !contains(index) else { return }
        indices = (index, indices.0, indices.1, indices.2)
    }
}
