internal import Synchronization

/// Compiled patterns of the oracle, which asks the same ones about many requests.
///
/// No JIT and nothing looked for before: a pattern is still searched as PCRE2 does it by itself.
enum PatternCache {
    private struct Key: Hashable {
        let source: String
        let ignoresCase: Bool
    }

    /// Patterns of a few hundred tables. Then all are forgotten, since each table brings new ones.
    private static let countMax = 5_000

    private static let patterns = Mutex<[Key: CompiledPattern]>([:])

    /// Calls `body` with the pattern. One caller at a time: the pattern's room for matches is used by one.
    static func with<Result>(
        _ source: String, ignoresCase: Bool, _ body: (CompiledPattern) -> Result
    ) -> Result where Result: Sendable {
        patterns.withLock { patterns in
            let key = Key(source: source, ignoresCase: ignoresCase)
            if let pattern = patterns[key] { return body(pattern) }
            if patterns.count >= countMax { patterns.removeAll() }
            let pattern = CompiledPattern(source, ignoresCase: ignoresCase)
            patterns[key] = pattern
            return body(pattern)
        }
    }
}
