import RouteTable

/// The table that is measured, and how long it takes to load it.
struct BenchTable: ~Copyable {
    /// Loads that are timed; their median counts.
    private static let loadCount = 5

    let table: LoadedTable
    /// Time to read and verify the table.
    let loadMicroseconds: Int

    /// Loads the table at `path`. A configuration is compiled before; then the time is that of a table in
    /// memory.
    ///
    /// - Throws: A failure if there is no table.
    init(path: String) throws(CommandFailure) {
        let bytes =
            try TableFile.isTable(path) ? nil : LoadedConfiguration(path: path).tableBytes()
        var times: [UInt64] = []
        for _ in 1..<Self.loadCount {
            let start = BenchClock.now()
            _ = try Self.load(path, bytes)
            times.append(BenchClock.now() - start)
        }
        let start = BenchClock.now()
        table = try Self.load(path, bytes)
        times.append(BenchClock.now() - start)
        loadMicroseconds = Int(times.sorted()[Self.loadCount / 2] / 1000)
    }

    private static func load(
        _ path: String, _ bytes: [UInt8]?
    ) throws(CommandFailure) -> LoadedTable {
        guard let bytes else { return try TableFile.open(path) }
        do throws(TableError) {
            return try LoadedTable(checking: bytes, isTrusted: true)
        } catch {
            preconditionFailure("the compiler made a table that is refused: \(error.message)")
        }
    }
}
