internal import MatchOracle
internal import RouteCompiler
internal import TestSupport

/// Tables of random configurations, for hostile ones to be made of.
enum SeedTables {
    static func write(seeds: ClosedRange<UInt64>, to folder: String) -> Bool {
        for seed in seeds {
            var random = SeededGenerator(seed: seed)
            let made = RandomConfiguration(&random)
            guard let table = try? RouteCompiler.compile(made.configuration),
                Files.write(table.bytes, to: "\(folder)/random-\(seed)")
            else { return false }
        }
        return true
    }
}
