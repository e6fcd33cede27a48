import TestSupport

/// A random regex of nested groups, each part of which begins with a letter of its own, and texts that it matches.
struct NestedGroup {
    private indirect enum Part {
        case letter(Character)
        case group([[Part]])
        case repeated(Part, ClosedRange<Int>, suffix: String)
    }

    private let parts: [Part]

    init(
        _ random: inout SeededGenerator, letters: inout ArraySlice<Character>, depth: Int
    ) {
        parts = Self.sequence(&random, &letters, depth)
    }

    var source: String { parts.map(Self.source).joined() }

    func sample(_ random: inout SeededGenerator) -> String {
        parts.map { Self.sample($0, &random) }.joined()
    }

    private static func sequence(
        _ random: inout SeededGenerator, _ letters: inout ArraySlice<Character>, _ depth: Int
    ) -> [Part] {
        var parts: [Part] = []
        if let letter = letters.popFirst() { parts.append(.letter(letter)) }
        for _ in 0..<Int.random(in: 0...2, using: &random) {
            guard depth < 4, letters.count > 4 else { break }
            var branches = [sequence(&random, &letters, depth + 1)]
            if random.once(in: 3), !letters.isEmpty {
                branches.append(sequence(&random, &letters, depth + 1))
            }
            let counts: [(ClosedRange<Int>, String)] = [
                (0...3, "*"), (1...3, "+"), (0...1, "?"), (1...1, ""), (2...2, "{2}"),
                (1...2, "{1,2}"),
            ]
            let (range, suffix) = counts[Int.random(in: 0..<counts.count, using: &random)]
            parts.append(.repeated(.group(branches), range, suffix: suffix))
        }
        return parts
    }

    private static func source(_ part: Part) -> String {
        switch part {
        case .letter(let letter): String(letter)
        case .group(let branches):
            "(?:" + branches.map { $0.map(source).joined() }.joined(separator: "|") + ")"
        case .repeated(let inner, _, let suffix): source(inner) + suffix
        }
    }

    private static func sample(_ part: Part, _ random: inout SeededGenerator) -> String {
        switch part {
        case .letter(let letter): return String(letter)
        case .group(let branches):
            let branch = branches[Int.random(in: 0..<branches.count, using: &random)]
            return branch.map { sample($0, &random) }.joined()
        case .repeated(let inner, let range, _):
            let count = Int.random(in: range, using: &random)
            return (0..<count).map { _ in sample(inner, &random) }.joined()
        }
    }
}
