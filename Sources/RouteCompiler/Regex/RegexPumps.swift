/// Texts that a regex may take so many ways to read that a matcher which goes back does not come to an end.
///
/// A text that leads from a place back to itself in two ways doubles the tries each time that it is repeated
/// (exponential ambiguity); one that leads from a loop to another and around both multiplies them by its number
/// (polynomial ambiguity). See Weber and Seidl, "On the degree of ambiguity of finite automata".
struct RegexPumps {
    /// A text before, and one to repeat.
    struct Pump: Hashable {
        let lead: [UInt8]
        let text: [UInt8]
        /// What would complete a match.
        let rest: [UInt8]
        let isExponential: Bool
    }

    private let graph: RegexGraph
    /// By place: the places that can be come to from it, by one step at least.
    private var reach: [[Bool]] = []
    /// By place: the shortest text of a match up to and with it; nil where no text leads there.
    private var leads: [[UInt8]?] = []
    /// By place: the shortest text of a match behind it; nil where there is none.
    private var rests: [[UInt8]?] = []
    /// What is not used up of the steps that were allowed.
    private(set) var stepsLeft: Int
    private(set) var pumps: [Pump] = []

    private static let pumpCountMax = 24
    /// Longer texts are not tried.
    private static let textByteCountMax = 48
    /// Pairs of loops are looked for among so many.
    private static let loopCountMax = 16

    /// - Parameter stepsMax: Steps that the search may take, some tens of nanoseconds each.
    init(_ graph: RegexGraph, stepsMax: Int) {
        self.graph = graph
        stepsLeft = stepsMax
        findLeads()
        findRests()
        findReach()
        findDoubledEdges()
        findMeetings()
        findNeighbours()
    }

    private var places: Range<Int> { graph.sets.indices }

    /// The byte of a set that is shown: a letter or digit where there is one.
    private static func byte(of set: ByteSet) -> UInt8? { RegexSample.byte(of: set) }

    private mutating func add(_ place: Int, _ text: [UInt8], isExponential: Bool) {
        guard pumps.count < Self.pumpCountMax, let lead = leads[place], !text.isEmpty,
            let rest = rests[place], text.count <= Self.textByteCountMax
        else { return }
        let pump = Pump(lead: lead, text: text, rest: rest, isExponential: isExponential)
        if !pumps.contains(pump) { pumps.append(pump) }
    }

    // MARK: Ways through the graph

    private mutating func findLeads() {
        leads = places.map { _ in nil }
        var pending: [Int] = []
        for start in graph.starts where leads[start.place] == nil {
            guard let byte = Self.byte(of: graph.sets[start.place]) else { continue }
            leads[start.place] = [byte]
            pending.append(start.place)
        }
        var index = 0
        while index < pending.count {
            let place = pending[index]
            index += 1
            for edge in graph.edges[place] where leads[edge.place] == nil {
                guard let byte = Self.byte(of: graph.sets[edge.place]) else { continue }
                leads[edge.place] = (leads[place] ?? []) + [byte]
                pending.append(edge.place)
            }
        }
    }

    private mutating func findRests() {
        var before: [[Int]] = places.map { _ in [] }
        for place in places {
            for edge in graph.edges[place] { before[edge.place].append(place) }
        }
        rests = places.map { _ in nil }
        var pending: [Int] = []
        for last in graph.lasts where rests[last.place] == nil {
            rests[last.place] = []
            pending.append(last.place)
        }
        var index = 0
        while index < pending.count {
            let place = pending[index]
            index += 1
            guard let byte = Self.byte(of: graph.sets[place]) else { continue }
            for earlier in before[place] where rests[earlier] == nil {
                rests[earlier] = [byte] + (rests[place] ?? [])
                pending.append(earlier)
            }
        }
    }

    private mutating func findReach() {
        for start in places {
            var seen = [Bool](repeating: false, count: graph.sets.count)
            var pending = leads[start] == nil ? [] : [start]
            while let place = pending.popLast(), stepsLeft > 0 {
                stepsLeft -= graph.edges[place].count
                for edge in graph.edges[place]
                where !seen[edge.place] && !graph.sets[edge.place].isEmpty {
                    seen[edge.place] = true
                    pending.append(edge.place)
                }
            }
            reach.append(seen)
        }
    }

    /// The shortest text that leads from one place to another; empty where they are the same.
    private mutating func text(from start: Int, to end: Int) -> [UInt8]? {
        if start == end { return [] }
        var texts: [Int: [UInt8]] = [start: []]
        var pending = [start]
        var index = 0
        while index < pending.count {
            let place = pending[index]
            index += 1
            for edge in graph.edges[place] where texts[edge.place] == nil {
                stepsLeft -= 1
                guard stepsLeft > 0 else { return nil }
                guard let byte = Self.byte(of: graph.sets[edge.place]) else { continue }
                let text = (texts[place] ?? []) + [byte]
                if edge.place == end { return text }
                texts[edge.place] = text
                pending.append(edge.place)
            }
        }
        return nil
    }

    // MARK: Exponential

    /// Two ways from one place to the next: a repetition of a repetition.
    private mutating func findDoubledEdges() {
        for place in places where leads[place] != nil {
            for edge in graph.edges[place]
            where edge.wayCount > 1 && (edge.place == place || reach[edge.place][place]) {
                guard let byte = Self.byte(of: graph.sets[edge.place]),
                    let back = text(from: edge.place, to: place)
                else { continue }
                add(place, [byte] + back, isExponential: true)
            }
        }
    }

    /// Two ways apart that meet again: branches that can read the same.
    private mutating func findMeetings() {
        for place in places where leads[place] != nil && reach[place][place] {
            guard stepsLeft > 0, pumps.count < Self.pumpCountMax / 2 else { return }
            guard let (text, meeting) = meeting(from: place),
                let back = self.text(from: meeting, to: place)
            else { continue }
            add(place, text + back, isExponential: true)
        }
    }

    private struct Pair: Hashable {
        let left: Int
        let right: Int

        init(_ one: Int, _ other: Int) {
            left = min(one, other)
            right = max(one, other)
        }
    }

    /// A text that leads from a place to another one in two ways, both inside of its loop.
    private mutating func meeting(from start: Int) -> (text: [UInt8], place: Int)? {
        var texts: [Pair: [UInt8]] = [:]
        var pending: [Pair] = [Pair(start, start)]
        texts[pending[0]] = []
        var index = 0
        while index < pending.count {
            let pair = pending[index]
            index += 1
            let text = texts[pair] ?? []
            guard text.count < Self.textByteCountMax else { return nil }
            for (number, one) in graph.edges[pair.left].enumerated() {
                for (other, second) in graph.edges[pair.right].enumerated() {
                    stepsLeft -= 1
                    guard stepsLeft > 0 else { return nil }
                    // The same step twice leads nowhere apart.
                    if pair.left == pair.right, number >= other { continue }
                    let next = Pair(one.place, second.place)
                    let common = graph.sets[next.left].intersection(graph.sets[next.right])
                    guard reach[next.left][start], reach[next.right][start],
                        texts[next] == nil || next.left == next.right,
                        let byte = Self.byte(of: common)
                    else { continue }
                    if next.left == next.right { return (text + [byte], next.left) }
                    texts[next] = text + [byte]
                    pending.append(next)
                }
            }
        }
        return nil
    }

    // MARK: Polynomial

    /// Loops behind one another that can read the same.
    private mutating func findNeighbours() {
        let loops = places.filter { leads[$0] != nil && reach[$0][$0] }.prefix(Self.loopCountMax)
        for first in loops {
            for second in loops where reach[first][second] && !reach[second][first] {
                guard stepsLeft > 0 else { return }
                let common = graph.sets[first].intersection(graph.sets[second])
                if let byte = Self.byte(of: common) { add(first, [byte], isExponential: false) }
                if let way = text(from: first, to: second) {
                    add(first, way, isExponential: false)
                }
            }
        }
    }
}
