import TableFormat

/// The path forms of one host as a tree of segments, each node with the best rank at or below it.
struct PathIndex {
    struct Node {
        var bestRank = Int.max
        var wildcard: Int32 = -1
        var anything: Int32 = -1
        var globs: [(texts: [[UInt8]], node: Int32)] = []
        var hasEnds = false
        var hasOpens = false
    }

    private struct Child: Hashable {
        let node: Int32
        let segment: Int32
    }

    /// Routes that end at one node in one way and ask for the same field tests.
    private struct GroupKey: Hashable {
        let node: Int32
        let isOpen: Bool
        let fields: Int
    }

    private var nodes = [Node()]
    private var literals: [Child: Int32] = [:]
    private var segmentNumbers: [[UInt8]: Int32] = [:]
    private var groups: [GroupKey: [Int32]] = [:]
    /// Most segments of a form.
    private(set) var depth = 0

    /// Adds a form. Ranks must come in order.
    mutating func add(_ form: PathForm, rank: Int, fields: Int) {
        var node: Int32 = 0
        nodes[0].bestRank = min(nodes[0].bestRank, rank)
        for segment in form.segments {
            node = child(of: node, segment)
            if rank < nodes[Int(node)].bestRank { nodes[Int(node)].bestRank = rank }
        }
        depth = max(depth, form.segments.count)
        let isOpen = form.tail == .open
        if isOpen { nodes[Int(node)].hasOpens = true } else { nodes[Int(node)].hasEnds = true }
        groups[GroupKey(node: node, isOpen: isOpen, fields: fields), default: []]
            .append(Int32(rank))
    }

    private mutating func child(of node: Int32, _ segment: LoweredSegment) -> Int32 {
        let fresh = Int32(nodes.count)
        switch segment {
        case .literal(let text):
            let child = Child(node: node, segment: number(of: text))
            if let known = literals[child] { return known }
            literals[child] = fresh
        case .wildcard:
            if nodes[Int(node)].wildcard >= 0 { return nodes[Int(node)].wildcard }
            nodes[Int(node)].wildcard = fresh
        case .anything:
            if nodes[Int(node)].anything >= 0 { return nodes[Int(node)].anything }
            nodes[Int(node)].anything = fresh
        case .glob(let texts):
            // A node has few globs; of many, each is looked at once for a path that comes by.
            nodes[Int(node)].globs.append((texts, fresh))
        }
        nodes.append(Node())
        return fresh
    }

    private mutating func number(of text: [UInt8]) -> Int32 {
        if let known = segmentNumbers[text] { return known }
        let number = Int32(segmentNumbers.count)
        segmentNumbers[text] = number
        return number
    }

    /// Finds the forms that match all paths of a kind.
    ///
    /// - Parameters:
    ///   - rank: Only better ones are of interest.
    ///   - fieldSets: The field tests that a form's route may have.
    ///   - budget: Taken down by one for each node and group; below zero the answer is not complete.
    ///   - found: Receives the ranks.
    func find(
        _ path: GenericPath, better rank: Int, fieldSets: [Int], filler: FreshText,
        budget: inout Int, into found: inout [Int]
    ) {
        let segments = path.segments.map { segment in
            var number: Int32 = -1
            if case .literal(let text) = segment { number = segmentNumbers[text] ?? -1 }
            return (segment: segment, number: number)
        }
        var pending: [(node: Int32, depth: Int)] = [(0, 0)]
        while let (node, depth) = pending.popLast() {
            budget -= 1
            guard budget >= 0 else { return }
            let record = nodes[Int(node)]
            guard record.bestRank < rank else { continue }
            if record.hasOpens {
                take(node, isOpen: true, rank, fieldSets, &budget, &found)
            }
            guard depth < segments.count else {
                if record.hasEnds { take(node, isOpen: false, rank, fieldSets, &budget, &found) }
                continue
            }
            let (segment, number) = segments[depth]
            if number >= 0, let next = literals[Child(node: node, segment: number)] {
                pending.append((next, depth + 1))
            }
            if record.wildcard >= 0, segment != .literal([]) {
                pending.append((record.wildcard, depth + 1))
            }
            if record.anything >= 0 { pending.append((record.anything, depth + 1)) }
            guard !record.globs.isEmpty, segment != .fresh else { continue }
            // Fresh text that is not fresh would match by chance.
            if case .glob = segment, !filler.isProof { continue }
            let text = GenericPath.bytes(of: segment, filler: filler.bytes)
            budget -= record.globs.count
            for glob in record.globs where GlobText.matches(glob.texts, text) {
                pending.append((glob.node, depth + 1))
            }
        }
    }

    private func take(
        _ node: Int32, isOpen: Bool, _ rank: Int, _ fieldSets: [Int], _ budget: inout Int,
        _ found: inout [Int]
    ) {
        for fields in fieldSets {
            budget -= 1
            guard let group = groups[GroupKey(node: node, isOpen: isOpen, fields: fields)] else {
                continue
            }
            for candidate in group {
                guard candidate < rank else { break }
                budget -= 1
                found.append(Int(candidate))
                if budget < 0 { return }
            }
        }
    }
}
