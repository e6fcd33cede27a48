/// Statuses from 100 to 611. Holds no memory.
package struct StatusSet: Equatable, Sendable {
    private var words: InlineArray<8, UInt64>

    /// The status of the first bit.
    package static let first: UInt16 = 100

    /// No status.
    package init() { words = InlineArray(repeating: 0) }

    /// - Parameter words: Bit *n* of word *w* is status 100 + 64 *w* + *n*.
    init(words: InlineArray<8, UInt64>) { self.words = words }

    /// Whether it holds no status.
    package var isEmpty: Bool { words.indices.allSatisfy { words[$0] == 0 } }

    /// O(1)
    package func contains(_ status: UInt16) -> Bool {
        guard status >= Self.first else { return false }
        let bit = Int(status - Self.first)
        guard bit < 512 else { return false }
        return words[bit / 64] & 1 << UInt64(bit % 64) != 0
    }

    /// Adds a status; one outside the range is left out.
    package mutating func insert(_ status: UInt16) {
        guard status >= Self.first, status < Self.first + 512 else { return }
        let bit = Int(status - Self.first)
        words[bit / 64] |= 1 << UInt64(bit % 64)
    }

    package static func == (left: Self, right: Self) -> Bool {
        left.words.indices.allSatisfy { left.words[$0] == right.words[$0] }
    }
}
