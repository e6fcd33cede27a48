import Glibc

/// How much the differential tests do in an ordinary run.
enum DifferentialSettings {
    /// Requests for each random table.
    static let requestsPerTable = 150
    /// Seeds that one test case takes; the cases run at the same time.
    private static let seedsPerCase: UInt64 = 25
    /// The seeds of an ordinary run: 22,500 comparisons.
    private static let usualSeeds: ClosedRange<UInt64> = 1...150

    /// The seeds of one test case after the other. `WSROUTE_FUZZ_SEEDS=FIRST-LAST` gives others, as
    /// many as one likes.
    static let cases: [ClosedRange<UInt64>] = {
        let all = environment("WSROUTE_FUZZ_SEEDS").map(seeds) ?? usualSeeds
        return stride(from: all.lowerBound, through: all.upperBound, by: Int(seedsPerCase)).map {
            $0...min($0 + seedsPerCase - 1, all.upperBound)
        }
    }()

    private static func seeds(_ text: String) -> ClosedRange<UInt64> {
        let bounds = text.split(separator: "-").compactMap { UInt64($0) }
        guard bounds.count == 2, bounds[0] <= bounds[1], bounds[1] < .max / 2 else {
            preconditionFailure("WSROUTE_FUZZ_SEEDS must be FIRST-LAST, not \(text)")
        }
        return bounds[0]...bounds[1]
    }

    private static func environment(_ name: String) -> String? {
        // SAFETY: the result is copied before anything can change the environment.
        unsafe getenv(name).map { unsafe String(cString: $0) }
    }
}
