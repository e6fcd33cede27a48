internal import FuzzEntries
internal import Glibc
internal import TestSupport

/// Hostile tables: each is refused, or all lookups in it end within what it states.
enum TableRun {
    /// Executions between two lines about them.
    private static let reportStep = 100_000

    /// - Returns: Whether nothing was found. What is found is written to `Fuzz/Findings/table`.
    static func run(seed: UInt64, count: Int, paths: [String]) -> Bool {
        var random = SeededGenerator(seed: seed)
        var makers: [(mutator: TableMutator, checker: HostileTable)] = []
        for path in paths {
            guard let table = Files.read(path), let mutator = TableMutator(of: table) else {
                print("\(path): not a table")
                return false
            }
            makers.append((mutator, HostileTable(near: table, &random)))
        }
        var accepted = 0
        for execution in 1...max(1, count) {
            // A trap names its input by this: the seed of its own.
            let own = random.next()
            var ownRandom = SeededGenerator(seed: own)
            let maker = ownRandom.one(of: makers)
            let bytes = maker.mutator.next(&ownRandom)
            LastInput.keep(bytes)
            let (isAccepted, violation) = maker.checker.check(bytes)
            if isAccepted { accepted += 1 }
            if let violation {
                let path = "Fuzz/Findings/table/seed-\(own)"
                let isKept = Files.write(bytes, to: path)
                print("execution \(execution): \(violation); kept in \(path): \(isKept)")
                return false
            }
            if execution % reportStep == 0 || execution == count {
                print(
                    "table: seed \(seed): \(execution) executions, \(accepted) accepted, "
                        + "\(accepted * HostileTable.lookupCount) lookups, no finding")
                fflush(nil)
            }
        }
        return true
    }
}
