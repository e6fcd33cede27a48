/// The tables in use, from their adoption until no worker has them any longer. The latest one stays in any case: it is
/// what the control thread speaks of, though workers may have had no room for it.
struct GenerationList: Sequence {
    private struct Entry {
        let generation: TableGeneration
        /// How many workers have let go of it.
        var releaseCount = 0
    }

    /// In the order of their numbers. Never empty.
    private var entries: [Entry]
    private let workerCount: Int

    init(_ first: TableGeneration, workerCount: Int) {
        entries = [Entry(generation: first)]
        self.workerCount = workerCount
    }

    var latest: TableGeneration { entries[entries.count - 1].generation }

    func makeIterator() -> some IteratorProtocol<TableGeneration> {
        entries.lazy.map { $0.generation }.makeIterator()
    }

    /// Takes in the table that all workers were told of.
    mutating func adopt(_ next: TableGeneration) {
        precondition(next.number > latest.number, "a table that was adopted before")
        entries.append(Entry(generation: next))
        removeUnused()
    }

    /// A worker has let go of a table, or had no room for it.
    ///
    /// - Returns: Whether it was the last one.
    mutating func release(_ number: UInt32) -> Bool {
        guard let place = entries.firstIndex(where: { $0.generation.number == number }) else {
            preconditionFailure("a table that all workers had let go of")
        }
        entries[place].releaseCount += 1
        let isLast = entries[place].releaseCount == workerCount
        if isLast { removeUnused() }
        return isLast
    }

    private mutating func removeUnused() {
        let number = latest.number
        entries.removeAll { $0.releaseCount == workerCount && $0.generation.number != number }
    }
}
