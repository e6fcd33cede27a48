/// The sets of a regex and which can come behind which, with the number of ways from one to the other.
///
/// Where there are two ways for the same bytes, a matcher that goes back tries both. Counted repetitions of many are
/// taken for open ones, anchors and look-around for nothing: what is found here is a guess that PCRE2 is asked about.
struct RegexGraph {
    /// A set and the ways to it. More than two are not told apart.
    struct Edge {
        let place: Int
        var wayCount: Int
    }

    /// What one part of the regex is made of.
    private struct Part {
        var first: [Edge] = []
        var last: [Edge] = []
        /// Ways to match nothing, up to two.
        var emptyWays = 0
    }

    /// By place: the bytes that can stand there.
    private(set) var sets: [ByteSet] = []
    /// By place: what can come next.
    private(set) var edges: [[Edge]] = []
    /// What a match can begin with.
    private(set) var starts: [Edge] = []
    /// What a match can end with.
    private(set) var lasts: [Edge] = []

    /// Larger regexes are not looked at.
    private static let placeCountMax = 256
    private static let edgeCountMax = 4_096
    private static let visitCountMax = 4_096
    /// Counted repetitions are written out up to so many.
    private static let writtenRepeatMax = 8

    private let alphabet: ByteSet
    private var edgeCount = 0
    /// Nodes that were looked at, those of repetitions once for each time they are written out.
    private var visitCount = 0
    private var stepsLeft: Int

    /// - Parameters:
    ///   - alphabet: The bytes that a subject can have.
    ///   - stepsLeft: Steps that may be taken; lowered by those that were.
    /// - Returns: nil where the regex is too large.
    init?(_ tree: RegexTree, alphabet: ByteSet, stepsLeft: inout Int) {
        self.alphabet = alphabet
        self.stepsLeft = stepsLeft
        let whole = add(tree.root)
        stepsLeft = self.stepsLeft
        guard let whole else { return nil }
        starts = whole.first
        lasts = whole.last
    }

    private mutating func add(_ node: RegexNode) -> Part? {
        visitCount += 1
        guard visitCount <= Self.visitCountMax else { return nil }
        switch node {
        case .set(let set): return add(set)
        case .anything: return add(ByteSet.all).flatMap { repeated($0, isOptional: true) }
        case .start, .end, .zeroWidth: return Part(emptyWays: 1)
        case .capture(let inner, _): return add(inner)
        case .concatenation(let nodes):
            var whole = Part(emptyWays: 1)
            for node in nodes {
                guard let part = add(node), let sum = sequence(whole, part) else { return nil }
                whole = sum
            }
            return whole
        case .alternation(let branches):
            var whole = Part()
            for branch in branches {
                guard let part = add(branch) else { return nil }
                whole.first += part.first
                whole.last += part.last
                whole.emptyWays = min(2, whole.emptyWays + part.emptyWays)
            }
            return whole
        case .repeated(let inner, let min, let max): return add(inner, min, max)
        }
    }

    private mutating func add(_ set: ByteSet) -> Part? {
        guard sets.count < Self.placeCountMax else { return nil }
        sets.append(set.intersection(alphabet))
        edges.append([])
        let edge = Edge(place: sets.count - 1, wayCount: 1)
        return Part(first: [edge], last: [edge], emptyWays: 0)
    }

    private mutating func add(_ inner: RegexNode, _ minimum: Int, _ maximum: Int?) -> Part? {
        if maximum == 0 { return Part(emptyWays: 1) }
        let isOpen = (maximum ?? .max) > Self.writtenRepeatMax
        let needed = min(minimum, Self.writtenRepeatMax)
        let written = isOpen ? max(needed, 1) : maximum ?? needed
        // The optional ones from the last to the first: each is inside of the one before it.
        var tail = Part(emptyWays: 1)
        for index in (0..<written).reversed() {
            guard var part = add(inner) else { return nil }
            if isOpen, index == written - 1 {
                guard let loop = repeated(part, isOptional: false) else { return nil }
                part = loop
            }
            guard var sum = sequence(part, tail) else { return nil }
            if index >= needed { sum.emptyWays = min(2, sum.emptyWays + 1) }
            tail = sum
        }
        return tail
    }

    /// Lets what a part ends with be followed by what it begins with.
    private mutating func repeated(_ part: Part, isOptional: Bool) -> Part? {
        guard connect(part.last, part.first) else { return nil }
        var result = part
        if isOptional { result.emptyWays = min(2, result.emptyWays + 1) }
        return result
    }

    private mutating func sequence(_ left: Part, _ right: Part) -> Part? {
        guard connect(left.last, right.first) else { return nil }
        return Part(
            first: left.first + Self.times(right.first, left.emptyWays),
            last: right.last + Self.times(left.last, right.emptyWays),
            emptyWays: min(2, left.emptyWays * right.emptyWays))
    }

    private static func times(_ edges: [Edge], _ ways: Int) -> [Edge] {
        guard ways > 0 else { return [] }
        return edges.map { Edge(place: $0.place, wayCount: min(2, $0.wayCount * ways)) }
    }

    private mutating func connect(_ lasts: [Edge], _ firsts: [Edge]) -> Bool {
        for last in lasts {
            stepsLeft -= firsts.count
            guard stepsLeft > 0 else { return false }
            for first in firsts {
                let ways = min(2, last.wayCount * first.wayCount)
                if let known = edges[last.place].firstIndex(where: { $0.place == first.place }) {
                    edges[last.place][known].wayCount = 2
                    continue
                }
                edgeCount += 1
                guard edgeCount <= Self.edgeCountMax else { return false }
                edges[last.place].append(Edge(place: first.place, wayCount: ways))
            }
        }
        return true
    }
}
