extension TableVerifier {
    mutating func checkExactSlots() throws(TableDamage) {
        for index in 0..<count(.exactSlots) {
            let slot = view.exactSlot(index)
            // Matching compares the path before it looks whether there are candidates.
            try require(isText(slot.pathOffset, UInt32(slot.pathByteCount)), .exactSlots, index)
            if slot.candidateCount == 0 {
                try require(slot.firstCandidate == 0, .exactSlots, index)
                continue
            }
            try require(isRun(slot.candidates, in: 0..<count(.routes)), .exactSlots, index)
            // Matching gives up at a candidate of another host.
            if slot.candidateCount > 1 {
                let host = host(ofRoute: view.candidate(slot.candidates, at: 0))
                let last = view.candidate(slot.candidates, at: UInt32(slot.candidateCount) - 1)
                try require(routes(ofHost: host).contains(last), .exactSlots, index)
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
        let routesOfShape = try checkShapeOrder()
        for index in 0..<count(.shapeSlots) {
            let slot = view.shapeSlot(index)
            if slot.candidates.count == 0 {
                try require(slot.candidates.first == 0, .shapeSlots, index)
                continue
            }
            try require(slot.shape < count(.shapes), .shapeSlots, index)
            let routes = routesOfShape[Int(slot.shape)]
            try require(isRun(slot.candidates, in: routes), .shapeSlots, index)
        }
    }

    /// Matching asks the shapes of a host in their order and stops at the first whose best route is worse than what
    /// it has: a shape out of its place would let a worse route win.
    ///
    /// - Returns: For each shape, from its best route to the end of its host's.
    private func checkShapeOrder() throws(TableDamage) -> [Range<UInt32>] {
        var routesOfShape: [Range<UInt32>] = []
        routesOfShape.reserveCapacity(Int(count(.shapes)))
        for index in 0..<count(.hosts) {
            let host = view.host(index)
            var best = host.firstRoute
            for shape in host.firstShape..<(host.firstShape + host.shapeCount) {
                let next = view.shape(shape).bestRoute
                try require(
                    next >= best && next - host.firstRoute < host.routeCount, .shapes, shape)
                best = next
                routesOfShape.append(next..<(host.firstRoute + host.routeCount))
            }
        }
        return routesOfShape
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
            let routes = node.bestRoute..<max(node.bestRoute, count(.routes))
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
