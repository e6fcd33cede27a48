import TableFormat
import Validate

/// Finds a subject with which a regex is at its end after twenty characters or so, though it may take thousands.
///
/// Nothing is said that PCRE2 has not done: a guess from ``RegexPumps`` counts only where PCRE2, told what the proxy
/// tells it, gives up on it, interpreting the regex and as machine code.
struct CostlyRegex {
    /// What a regex is compared with.
    enum Subject: Hashable {
        case path
        case host
        case value
    }

    /// A subject that PCRE2 gives up on.
    struct Witness {
        let start: [UInt8]
        let repeated: [UInt8]
        let count: Int
        let end: [UInt8]
        let isExponential: Bool

        var text: [UInt8] { start + (0..<count).flatMap { _ in repeated } + end }

        /// The whole, or how it is made where that is long.
        var shown: String {
            func words(_ bytes: [UInt8]) -> String { "`\(String(decoding: bytes, as: UTF8.self))`" }
            let text = text
            if text.count <= 120 { return words(text) }
            let parts = [start.isEmpty ? nil : words(start), "\(words(repeated)) \(count) times"]
            return (parts + [end.isEmpty ? nil : words(end)]).compactMap(\.self)
                .joined(separator: ", then ")
        }
    }

    /// What paths must be like that are shown to users.
    struct SampleRules {
        let keepsEncodedSlash: Bool
        let deniesHiddenFiles: Bool
    }

    private struct Key: Hashable {
        let source: String
        let ignoresCase: Bool
        let subject: Subject
    }

    private var known: [Key: Witness?] = [:]
    private var runsLeft = Self.runsMax
    private var stepsLeft = Self.stepsMax
    private let rules: SampleRules

    /// Runs for all regexes of a configuration, each a millisecond at most.
    private static let runsMax = 4_000
    private static let runsPerRegex = 250
    /// Steps of the search for texts to try, for all regexes of a configuration.
    private static let stepsMax = 4_000_000
    private static let stepsPerRegex = 400_000
    /// Repetitions of a text that doubles the tries each time: 2²⁴ are many times the limit.
    private static let exponentialCount = 24
    /// Bytes that are repeated of a text that multiplies them: the square of so many is within the limit.
    private static let polynomialByteCount = 64

    init(_ settings: Settings) {
        rules = SampleRules(
            keepsEncodedSlash: settings.encodedSlash == .keep,
            deniesHiddenFiles: settings.deniesHiddenFiles)
    }

    /// A subject that the regex gives up on; nil where none was found.
    mutating func witness(
        against source: String, ignoresCase: Bool, subject: Subject
    ) -> Witness? {
        let key = Key(source: source, ignoresCase: ignoresCase, subject: subject)
        if let answer = known[key] { return answer }
        let answer = find(source, ignoresCase, subject)
        known[key] = .some(answer)
        return answer
    }

    /// What may keep a match from being one. PCRE2 looks for the last byte that it needs before all else, so what would
    /// complete the match is tried before and behind a byte that does not.
    private static func ends(_ subject: Subject, _ rest: [UInt8]) -> [[UInt8]] {
        rest.isEmpty
            ? subject.ends
            : subject.ends.map { $0 + rest } + subject.ends.map { rest + $0 } + subject.ends
    }

    private mutating func find(
        _ source: String, _ ignoresCase: Bool, _ subject: Subject
    ) -> Witness? {
        guard runsLeft > 0, stepsLeft > 0,
            let tree = RegexParser.parse(source, ignoresCase: ignoresCase),
            RegexSteps(tree) == nil,
            MatchLimit.steps(for: tree, subjectByteCountMax: subject.byteCountMax)
                == TableLimits.matchLimitMax
        else { return nil }
        let allowed = min(Self.stepsPerRegex, stepsLeft)
        var steps = allowed
        defer { stepsLeft -= allowed - steps }
        guard let graph = RegexGraph(tree, alphabet: subject.alphabet, stepsLeft: &steps) else {
            return nil
        }
        let search = RegexPumps(graph, stepsMax: steps)
        steps = search.stepsLeft
        let pumps = search.pumps
        guard !pumps.isEmpty,
            let trial = RegexTrial(source, ignoresCase: ignoresCase)
        else { return nil }
        let filings = subject.filings(of: tree, source, ignoresCase)
        var runs = 0
        for pump in pumps {
            let count =
                pump.isExponential
                ? Self.exponentialCount : Self.polynomialByteCount / pump.text.count
            // A regex that is not tied to the start may begin anywhere.
            let isInside = subject == .path && pump.lead.first != UInt8(ascii: "/")
            let start = (isInside ? [UInt8(ascii: "/")] : []) + pump.lead
            for end in Self.ends(subject, pump.rest) {
                let witness = Witness(
                    start: start, repeated: pump.text, count: count, end: end,
                    isExponential: pump.isExponential)
                let text = witness.text
                steps -= text.count
                guard runsLeft > 0, runs < Self.runsPerRegex, stepsLeft > allowed - steps else {
                    return nil
                }
                guard text.count <= subject.byteCountMax, subject.canBe(text, rules),
                    filings.allSatisfy({ $0.admits(text) })
                else { continue }
                runsLeft -= 1
                runs += 1
                if trial.givesUp(on: text) { return witness }
            }
        }
        return nil
    }
}
