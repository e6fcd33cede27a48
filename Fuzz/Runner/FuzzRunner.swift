internal import FuzzEntries
internal import Glibc

/// Long runs of what the tests do briefly, each of which can be repeated by its seed.
///
///     FuzzRunner match FIRST-LAST [REQUESTS]    the matcher against the oracle: a table a seed, REQUESTS for each
///     FuzzRunner table SEED COUNT FILE...       COUNT hostile tables made of FILEs, with lookups in each
///     FuzzRunner write FIRST-LAST FOLDER        the tables of these seeds, to begin with
///     FuzzRunner table-of CONFIGURATION FILE    the table of a configuration, to begin with
///     FuzzRunner load FILE COUNT                how long loading takes
@main
enum FuzzRunner {
    static func main() {
        let arguments = CommandLine.arguments.dropFirst()
        switch (arguments.first, arguments.dropFirst().map { $0 }) {
        case ("match", let rest) where (1...2).contains(rest.count):
            guard let seeds = seeds(rest[0]) else { usage() }
            let count = rest.count == 2 ? Int(rest[1]) : MatchRun.requestsPerTableDefault
            guard let count, count > 0 else { usage() }
            exit(MatchRun.run(seeds: seeds, requestsPerTable: count) ? 0 : 1)
        case ("table", let rest) where rest.count >= 3:
            guard let seed = UInt64(rest[0]), let count = Int(rest[1]) else { usage() }
            exit(TableRun.run(seed: seed, count: count, paths: Array(rest[2...])) ? 0 : 1)
        case ("write", let rest) where rest.count == 2:
            guard let seeds = seeds(rest[0]) else { usage() }
            exit(SeedTables.write(seeds: seeds, to: rest[1]) ? 0 : 1)
        case ("table-of", let rest) where rest.count == 2:
            guard let text = Files.read(rest[0]), let table = TableSeed.table(compiledFrom: text)
            else { exit(1) }
            exit(Files.write(table, to: rest[1]) ? 0 : 1)
        case ("load", let rest) where rest.count == 2:
            guard let count = Int(rest[1]), count > 0 else { usage() }
            exit(LoadRun.run(path: rest[0], count: count) ? 0 : 1)
        default: usage()
        }
    }

    /// `FIRST-LAST`
    private static func seeds(_ text: String) -> ClosedRange<UInt64>? {
        let bounds = text.split(separator: "-").compactMap { UInt64($0) }
        guard bounds.count == 2, bounds[0] <= bounds[1] else { return nil }
        return bounds[0]...bounds[1]
    }

    private static func usage() -> Never {
        print(
            """
            usage: FuzzRunner match FIRST-LAST [REQUESTS]
                   FuzzRunner table SEED COUNT FILE...
                   FuzzRunner write FIRST-LAST FOLDER
                   FuzzRunner table-of CONFIGURATION FILE
                   FuzzRunner load FILE COUNT
            """)
        exit(2)
    }
}
