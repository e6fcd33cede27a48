import TableFormat

extension TableVerifier {
    mutating func checkExactSlots() throws(TableError) {
        for index in 0..<count(.exactSlots) {
            let slot = view.exactSlot(index)
            try require(isRun(slot.candidates, of: .routes), .exactSlots, index)
            try require(isText(slot.pathOffset, UInt32(slot.pathByteCount)), .exactSlots, index)
        }
    }

    mutating func checkShapes() throws(TableError) {
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
        for index in 0..<count(.shapeSlots) {
            let slot = view.shapeSlot(index)
            try require(isRun(slot.candidates, of: .routes), .shapeSlots, index)
            try require(
                slot.candidates.count == 0 || slot.shape < count(.shapes), .shapeSlots, index)
        }
    }

    /// Children stand behind their parents, one level deeper and in the same trie; each has one parent.
    mutating func checkTrie() throws(TableError) {
        let nodeCount = count(.trieNodes)
        var hasParent = [Bool](repeating: false, count: Int(nodeCount))
        let trieOfNode = trieNumbers(nodeCount)
        func check(
            _ child: UInt32, of parent: UInt32, _ section: SectionKind, _ record: UInt32
        ) throws(TableError) {
            try require(child > parent && child < nodeCount, section, record)
            try require(!hasParent[Int(child)], section, record)
            hasParent[Int(child)] = true
            try require(trieOfNode[Int(child)] == trieOfNode[Int(parent)], section, record)
            let depths = (view.trieNode(parent).depth, view.trieNode(child).depth)
            try require(Int(depths.1) == Int(depths.0) + 1, section, record)
        }
        for index in 0..<nodeCount {
            let node = view.trieNode(index)
            try require(Int(node.depth) <= TableLimits.segmentCountMax, .trieNodes, index)
            try require(isRun(node.atEnd, of: .routes), .trieNodes, index)
            try require(isRun(node.below, of: .routes), .trieNodes, index)
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
