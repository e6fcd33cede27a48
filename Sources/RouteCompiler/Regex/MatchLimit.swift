import TableFormat

/// How many steps a match of a regex can take, where that can be proven from what it says.
///
/// A step is what PCRE2 counts against its match limit. The interpreter counts each point that it may come back to;
/// JIT code counts each time it goes on behind a repetition or a group, which is never more. The proof covers
/// sequences, alternations, groups and repeated sets: for each part it knows what the rest costs where it can
/// match (a constant and a number for each byte of the subject) and what it costs to see that it cannot, from the
/// first byte. A repeated set is tried at each of its lengths; where the rest cannot begin with a byte of the set
/// all tries but one end at once, so that the bytes of the subject are shared between all such repetitions.
///
/// Leaving a group may be counted once for each try of a repetition inside it, which the proof adds up only once: so
/// what is proven is a measure of the regex's kind and not a limit by itself. A regex that needs little gets
/// ``lowLimit``, many times what is proven; all others get the highest.
///
/// What the proof does not cover (repeated groups, two open repetitions that compete, look-around,
/// back-references) keeps the highest limit: a limit that is too low would refuse a request that is in order.
package struct MatchLimit {
    /// What matching from some part of the regex on can cost.
    private struct Cost {
        /// Steps whatever the subject is.
        var constant = 0
        /// Further steps for each byte of the subject that is left.
        var perByte = 0
        /// Steps to fail at a byte that is not in ``first``.
        var miss = 0
        /// Bytes that what follows may begin with.
        var first = ByteSet.all
    }

    private let subjectByteCountMax: Int
    /// Numbers beyond this are not told apart: all of them are above every limit.
    private static let costMax = 1 << 30
    /// Counts of repetitions up to this are a constant and not counted by the byte.
    private static let countedRepeatMax = 64
    /// Nodes that are looked at: an alternation looks at what follows it once for each branch.
    private static let visitCountMax = 20_000
    private var visitCount = 0

    /// The limit for a regex as it is written.
    package static func steps(
        for source: String, ignoresCase: Bool, subjectByteCountMax: Int
    ) -> UInt32 {
        steps(
            for: RegexParser.parse(source, ignoresCase: ignoresCase),
            subjectByteCountMax: subjectByteCountMax)
    }

    /// Most steps that are proven of a regex with a low limit.
    private static let lowStepsMax = 256
    /// The limit of such a regex.
    package static let lowLimit: UInt32 = 4_096

    /// The limit for subjects of at most so many bytes.
    static func steps(for tree: RegexTree?, subjectByteCountMax: Int) -> UInt32 {
        guard let tree, tree.isExact else { return TableLimits.matchLimitMax }
        var proof = MatchLimit(subjectByteCountMax: subjectByteCountMax)
        guard var cost = proof.cost(of: tree.root, before: Cost()) else {
            return TableLimits.matchLimitMax
        }
        if !tree.root.beginsAtStart {
            // Tried at each place. Whether the count begins anew there is not relied on.
            guard cost.perByte == 0 else { return TableLimits.matchLimitMax }
            cost.perByte = cost.constant + cost.miss + 1
        }
        let steps = cost.constant + cost.perByte * (subjectByteCountMax + 1)
        return steps <= lowStepsMax ? lowLimit : TableLimits.matchLimitMax
    }

    private init(subjectByteCountMax: Int) { self.subjectByteCountMax = subjectByteCountMax }

    /// - Returns: nil where nothing is proven.
    private mutating func cost(of node: RegexNode, before rest: Cost) -> Cost? {
        visitCount += 1
        guard visitCount <= Self.visitCountMax else { return nil }
        switch node {
        case .set(let set):
            var cost = rest
            cost.first = set
            cost.miss = 0
            return cost
        case .start: return rest
        case .end:
            // No byte follows, but what stands behind it may still be looked at.
            var cost = rest
            cost.first = ByteSet()
            cost.miss = 0
            return cost
        case .concatenation(let nodes):
            var cost = rest
            for node in nodes.reversed() {
                guard let sum = self.cost(of: node, before: cost) else { return nil }
                cost = sum
            }
            return cost
        case .capture(let inner, _):
            return self.cost(of: inner, before: rest).map { Self.sum([$0]) }
        case .alternation(let branches):
            return choice(of: branches, before: rest, isOptional: false)
        case .repeated(.set(let set), let min, let max):
            return repetition(of: set, min, max, before: rest)
        case .repeated(let inner, 0, 1):
            return choice(of: [inner], before: rest, isOptional: true)
        case .repeated, .zeroWidth, .anything: return nil
        }
    }

    private mutating func choice(
        of branches: [RegexNode], before rest: Cost, isOptional: Bool
    ) -> Cost? {
        var costs: [Cost] = isOptional ? [rest] : []
        for branch in branches {
            guard let cost = cost(of: branch, before: rest) else { return nil }
            costs.append(cost)
        }
        return Self.sum(costs)
    }

    /// All branches may be tried, one after another.
    private static func sum(_ branches: [Cost]) -> Cost {
        var result = Cost(constant: 2, perByte: 0, miss: 2, first: ByteSet())
        for branch in branches {
            result.constant = min(costMax, result.constant + 2 + branch.constant)
            result.perByte = min(costMax, result.perByte + branch.perByte)
            result.miss = min(costMax, result.miss + 2 + branch.miss)
            result.first.formUnion(branch.first)
        }
        return result
    }

    private func repetition(
        of set: ByteSet, _ minimum: Int, _ maximum: Int?, before rest: Cost
    ) -> Cost? {
        var cost = rest
        let tries = (maximum ?? subjectByteCountMax) + 1
        let isShort = tries <= Self.countedRepeatMax
        if set.isDisjoint(with: rest.first) {
            // All tries but the last stand before a byte of the set.
            cost.constant += 2 + rest.miss
            if isShort {
                cost.constant += tries * (1 + rest.miss)
            } else {
                cost.perByte = max(rest.perByte, 1 + rest.miss)
            }
        } else if isShort {
            cost.constant = tries * (1 + rest.constant)
            cost.perByte = tries * rest.perByte
        } else {
            guard rest.perByte == 0 else { return nil }
            cost.perByte = 1 + rest.constant
            cost.constant += 1
        }
        guard cost.constant < Self.costMax, cost.perByte < Self.costMax else { return nil }
        cost.first = set
        cost.miss = 0
        if minimum == 0 {
            cost.first.formUnion(rest.first)
            cost.miss = 2 + rest.miss
        }
        return cost
    }
}

extension RegexNode {
    /// Whether it matches at the start of the subject only.
    fileprivate var beginsAtStart: Bool {
        switch self {
        case .start: true
        case .concatenation(let nodes): nodes.first?.beginsAtStart ?? false
        case .alternation(let nodes): nodes.allSatisfy(\.beginsAtStart)
        case .capture(let inner, _): inner.beginsAtStart
        default: false
        }
    }
}
