extension TableVerifier {
    /// A slot leads to the start of a route, or to routes of one host and one shape.
    mutating func checkPathSlots(_ starts: RouteStarts) throws(TableDamage) {
        for index in 0..<count(.pathSlots) {
            let slot = view.pathSlot(at: index)
            if slot == .none { continue }
            guard slot.isRun else {
                try require(starts.contains(slot.place), .pathSlots, index)
                continue
            }
            try require(slot.place < count(.candidates), .pathSlots, index)
            let run = view.candidates(countedAt: slot.place)
            candidatesUsed += 1
            // One alone stands in its slot.
            try require(
                run.count > 1 && isRun(run, in: 0..<count(.routePlaces)), .pathSlots, index)
            let first = view.candidate(run, at: 0)
            let routes = routes(ofHost: view.host(ofRoute: first))
            // Matching gives up at a candidate of another host, or of another shape.
            try require(
                routes.contains(view.candidate(run, at: run.count - 1)), .pathSlots, index)
            let shape = view.route(first).shape
            for position in 1..<run.count {
                let route = view.route(view.candidate(run, at: position))
                try require(route.shape == shape, .pathSlots, index)
            }
        }
    }

    mutating func checkShapes() throws(TableDamage) {
        for index in 0..<count(.shapes) {
            let shape = view.shape(index)
            let segmentCount = Int(shape.segmentCount)
            try require(segmentCount <= TableLimits.segmentCountMax, .shapes, index)
            try require(
                segmentCount == 64 || shape.literalSegments >> UInt64(segmentCount) == 0, .shapes,
                index)
            try require(TailKind(rawValue: shape.tail) != nil, .shapes, index)
            if shape.affixSegment == ShapeRecord.noSegment {
                try require(
                    shape.prefixByteCount == 0 && shape.suffixByteCount == 0, .shapes, index)
            } else {
                try require(Int(shape.affixSegment) < segmentCount, .shapes, index)
            }
        }
        try checkShapeOrder()
    }

    /// Matching asks the shapes of a host in their order and stops at the first whose best route is worse than what
    /// it has: a shape out of its place would let a worse route win.
    private func checkShapeOrder() throws(TableDamage) {
        for index in 0..<count(.hosts) {
            let host = view.host(index)
            var best: UInt32 = 0
            var sets = ShapeSets()
            for number in 0..<host.shapeCount {
                let shape = view.shape(host.firstShape + number)
                try require(
                    shape.bestRoute >= best && shape.bestRoute < host.routeCount, .shapes,
                    host.firstShape + number)
                best = shape.bestRoute
                sets.insert(shape, number: Int(number))
            }
            try require(sets == host.shapeSets, .hosts, index)
        }
    }

    /// Children stand behind their parents, one level deeper and in the same trie; each has one parent.
    mutating func checkTrie() throws(TableDamage) {
        let nodeCount = count(.trieNodes)
        var hasParent = [Bool](repeating: false, count: Int(nodeCount))
        let trieOfNode = trieNumbers(nodeCount)
        func check(
            _ child: UInt32, of parent: UInt32, _ section: SectionKind, _ record: UInt32
        ) throws(TableDamage) {
            try require(child > parent && child < nodeCount, section, record)
            try require(!hasParent[Int(child)], section, record)
            hasParent[Int(child)] = true
            try require(trieOfNode[Int(child)] == trieOfNode[Int(parent)], section, record)
            let nodes = (view.trieNode(parent), view.trieNode(child))
            try require(Int(nodes.1.depth) == Int(nodes.0.depth) + 1, section, record)
            // Matching leaves out what lies below a node that is worse than what it has.
            try require(nodes.1.bestRoute >= nodes.0.bestRoute, section, record)
        }
        for index in 0..<nodeCount {
            let node = view.trieNode(index)
            try require(Int(node.depth) <= TableLimits.segmentCountMax, .trieNodes, index)
            let routes = node.bestRoute..<max(node.bestRoute, count(.routePlaces))
            try require(isRun(node.atEnd, in: routes), .trieNodes, index)
            try require(isRun(node.below, in: routes), .trieNodes, index)
            if node.openChild != .none { try check(node.openChild, of: index, .trieNodes, index) }
        }
        for index in 0..<count(.trieSlots) {
            let slot = view.trieSlot(index)
            if slot.child == .none { continue }
            try require(slot.parent < nodeCount, .trieSlots, index)
            try check(slot.child, of: slot.parent, .trieSlots, index)
            try require(isText(slot.segment), .trieSlots, index)
        }
    }

    /// The number of the trie that each node belongs to. Roots ascend with the hosts.
    private func trieNumbers(_ nodeCount: UInt32) -> [UInt32] {
        var numbers = [UInt32](repeating: 0, count: Int(nodeCount))
        for index in 0..<count(.hosts) {
            let root = view.host(index).trieRoot
            if root != .none { numbers[Int(root)] = 1 }
        }
        var number: UInt32 = 0
        for index in numbers.indices {
            number += numbers[index]
            numbers[index] = number
        }
        return numbers
    }
}
