import TableFormat

/// A regex as steps that are walked without a way back, where it is certain that the walk finds a match if and only if
/// PCRE2 does.
///
/// That is so for regexes that begin at the start of the subject and where the next byte alone tells which way to
/// go: what follows a repetition or an optional group cannot begin with a byte that these can begin with, and no two
/// branches of an alternation can begin with the same one. (Such a grammar is called LL(1).)
struct RegexSteps: Equatable {
    enum Step: Equatable {
        /// Of at most as many bytes as one record holds.
        case literal([UInt8])
        case set(ByteSet, min: Int, max: Int?)
        /// Goes on with the step at `target` unless the next byte is one of the set.
        case choose(ByteSet, target: Int)
        case jump(target: Int)
    }

    /// What can come behind a part of the regex.
    private struct Follow {
        var first = ByteSet()
        /// The regex may match here whatever the next byte is.
        var canMatch: Bool
    }

    private(set) var steps: [Step] = []
    /// The subject must end where the steps do.
    let isAnchoredAtEnd: Bool
    /// Steps before this one are not added to: something leads to what is behind them.
    private var barrier = 0
    private var loopDepth = 0

    /// Groups are written out up to this count.
    private static let writtenRepeatMax = 16
    private static let countMax = Int(RegexStepRecord.unbounded) - 1

    /// - Returns: nil where the walk could differ from PCRE2 or would be long.
    init?(_ tree: RegexTree) {
        var nodes: [RegexNode] = []
        Self.open(tree.root, into: &nodes)
        guard tree.isExact, nodes.first == .start else { return nil }
        nodes.removeFirst()
        isAnchoredAtEnd = nodes.last == .end
        if isAnchoredAtEnd { nodes.removeLast() }
        let isEmitted = append(
            .concatenation(nodes), before: Follow(canMatch: !isAnchoredAtEnd))
        guard isEmitted, steps.count < TableLimits.regexStepCountMax else { return nil }
    }

    /// Takes the outermost sequences and groups apart, so that anchors come to stand at the ends.
    private static func open(_ node: RegexNode, into nodes: inout [RegexNode]) {
        switch node {
        case .concatenation(let inner):
            for node in inner { open(node, into: &nodes) }
        case .capture(let inner, _): open(inner, into: &nodes)
        default: nodes.append(node)
        }
    }

    private mutating func append(_ node: RegexNode, before follow: Follow) -> Bool {
        guard steps.count < TableLimits.regexStepCountMax else { return false }
        switch node {
        case .set(let set): add(set, min: 1, max: 1)
        case .capture(let inner, _): return append(inner, before: follow)
        case .concatenation(let nodes): return append(nodes, before: follow)
        case .alternation(let branches): return append(branches: branches, before: follow)
        case .repeated(let inner, let min, let max):
            guard let set = inner.asSet else {
                return append(inner, min, max, before: follow)
            }
            guard min <= Self.countMax, max ?? 0 <= Self.countMax,
                min == max || set.isDisjoint(with: follow.first)
            else { return false }
            if max != 0 { add(set, min: min, max: max) }
        case .start, .end, .zeroWidth, .anything: return false
        }
        return true
    }

    private mutating func append(_ nodes: [RegexNode], before follow: Follow) -> Bool {
        for (index, node) in nodes.enumerated() {
            let rest = nodes[(index + 1)...]
            var next = Follow(first: RegexNode.first(of: rest), canMatch: false)
            if rest.allSatisfy(\.canBeEmpty) {
                next.first.formUnion(follow.first)
                next.canMatch = follow.canMatch
            }
            guard append(node, before: next) else { return false }
        }
        return true
    }

    private mutating func append(branches: [RegexNode], before follow: Follow) -> Bool {
        if let set = RegexNode.alternation(branches).asSet {
            add(set, min: 1, max: 1)
            return true
        }
        var seen = ByteSet()
        for branch in branches {
            guard !branch.canBeEmpty, branch.first.isDisjoint(with: seen) else { return false }
            seen.formUnion(branch.first)
        }
        var exits: [Int] = []
        for (index, branch) in branches.enumerated() {
            let isLast = index == branches.count - 1
            let choice = steps.count
            if !isLast { steps.append(.choose(branch.first, target: 0)) }
            barrier = steps.count
            guard append(branch, before: follow) else { return false }
            if isLast { break }
            exits.append(steps.count)
            steps.append(.jump(target: 0))
            lead(choice)
        }
        for exit in exits { lead(exit) }
        return true
    }

    /// A repetition of more than a set.
    private mutating func append(
        _ inner: RegexNode, _ min: Int, _ max: Int?, before follow: Follow
    ) -> Bool {
        guard !inner.canBeEmpty, Swift.max(min, max ?? min) <= Self.writtenRepeatMax else {
            return false
        }
        let first = inner.first
        var again = follow
        again.first.formUnion(first)
        let isFixed = min == max
        guard isFixed || (!follow.canMatch && first.isDisjoint(with: follow.first)) else {
            return false
        }
        for count in 1..<(min + 1) {
            let next =
                count < min ? Follow(first: first, canMatch: false) : isFixed ? follow : again
            guard append(inner, before: next) else { return false }
        }
        guard let max else { return appendLoop(of: inner, before: again) }
        var exits: [Int] = []
        for count in min..<max {
            exits.append(steps.count)
            steps.append(.choose(first, target: 0))
            barrier = steps.count
            guard append(inner, before: count + 1 == max ? follow : again) else { return false }
        }
        for exit in exits { lead(exit) }
        return true
    }

    private mutating func appendLoop(of inner: RegexNode, before again: Follow) -> Bool {
        loopDepth += 1
        defer { loopDepth -= 1 }
        guard loopDepth <= TableLimits.regexLoopDepthMax else { return false }
        let start = steps.count
        steps.append(.choose(inner.first, target: 0))
        barrier = steps.count
        guard append(inner, before: again) else { return false }
        steps.append(.jump(target: start))
        lead(start)
        return true
    }

    /// Makes a choice or a jump lead to the next step.
    private mutating func lead(_ index: Int) {
        if case .choose(let set, _) = steps[index] {
            steps[index] = .choose(set, target: steps.count)
        } else {
            steps[index] = .jump(target: steps.count)
        }
        barrier = steps.count
    }

    private mutating func add(_ set: ByteSet, min: Int, max: Int?) {
        guard let byte = set.single, min == 1, max == 1 else {
            steps.append(.set(set, min: min, max: max))
            return
        }
        if steps.count > barrier, case .literal(let bytes) = steps.last,
            bytes.count < RegexStepRecord.literalBytesMax
        {
            steps[steps.count - 1] = .literal(bytes + [byte])
        } else {
            steps.append(.literal([byte]))
        }
    }
}
