import RouteTable

/// Which answers one worker need not look at, because somebody has kept one with the same key a moment ago.
///
/// A table of fixed size in which the latest key of a place counts: what is missing costs a look at what is kept.
package struct RecentAnswers: ~Copyable {
    private struct Entry {
        var key: AnswerKey
        /// Before then no newer one is wanted.
        var renewal: MonotonicMilliseconds
    }

    /// Some 24 KiB, taken when the first answer is kept.
    private static let placeCount = 1_024

    private var entries: [Entry] = []

    package init() {}

    /// Whether an answer was kept so recently that another one is not wanted.
    package mutating func contains(_ key: AnswerKey, now: MonotonicMilliseconds) -> Bool {
        guard !entries.isEmpty else { return false }
        let entry = entries[Self.place(of: key)]
        return entry.key == key && now < entry.renewal
    }

    /// An answer was kept, or somebody else has kept one.
    package mutating func note(_ key: AnswerKey, now: MonotonicMilliseconds) {
        if entries.isEmpty {
            entries = Array(repeating: Entry(key: key, renewal: 0), count: Self.placeCount)
        }
        entries[Self.place(of: key)] = Entry(
            key: key, renewal: now + KeptAnswerList.renewalMilliseconds)
    }

    /// What was kept is not there any more.
    package mutating func forget(_ key: AnswerKey) {
        guard !entries.isEmpty, entries[Self.place(of: key)].key == key else { return }
        entries[Self.place(of: key)].renewal = 0
    }

    private static func place(of key: AnswerKey) -> Int {
        Int(key.first % UInt64(placeCount))
    }
}
