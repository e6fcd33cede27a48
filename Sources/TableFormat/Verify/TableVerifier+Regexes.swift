extension TableVerifier {
    /// Affixes follow each other in the order of their spaces.
    mutating func checkRegexSpaces() throws(TableDamage) {
        var nextAffix: UInt32 = 0
        for index in 0..<count(.regexSpaces) {
            let space = view.regexSpace(index)
            try require(spaceUses[Int(index)] != 0, .regexSpaces, index)
            try require(
                space.firstAffix == nextAffix
                    && isInside(space.firstAffix, UInt32(space.affixCount), .affixes)
                    && Int(space.affixCount) <= TableLimits.affixCountMax, .regexSpaces, index)
            nextAffix += UInt32(space.affixCount)
            for _ in 0..<space.affixCount { spaceOfAffix.append(index) }
            try require(space.flags & ~RegexSpaceRecord.usesAutomaton == 0, .regexSpaces, index)
            try require(
                space.flags == 0 || count(.automatonStates) > 0, .regexSpaces, index)
            try require(
                isRun(space.unfiltered, in: candidates(ofSpace: index)), .regexSpaces, index)
        }
        try require(nextAffix == count(.affixes), .affixes, nextAffix)
        for index in 0..<count(.affixes) {
            let affix = view.affix(index)
            try require(affix.byteCount > 0, .affixes, index)
            try require(AffixKind(rawValue: affix.kind) != nil, .affixes, index)
        }
    }

    /// Where the candidates of a space lie: among the routes of its host, or among all host rules.
    private func candidates(ofSpace space: UInt32) -> Range<UInt32> {
        spaceUses[Int(space)] == 1
            ? routes(ofHost: ownerOfSpace[Int(space)]) : 0..<count(.hosts)
    }

    mutating func checkLiteralSlots() throws(TableDamage) {
        for index in 0..<count(.literalSlots) {
            let slot = view.literalSlot(index)
            if slot.candidates.count == 0 { continue }
            var range: Range<UInt32>
            if slot.owner & LiteralSlotRecord.ownerIsSpace != 0 {
                let space = slot.owner & ~LiteralSlotRecord.ownerIsSpace
                try require(space < count(.regexSpaces), .literalSlots, index)
                range = candidates(ofSpace: space)
            } else {
                try require(slot.owner < count(.affixes), .literalSlots, index)
                range = candidates(ofSpace: spaceOfAffix[Int(slot.owner)])
                // Matching leaves out an affix whose best candidate is worse than what it has.
                let best = view.affix(slot.owner).bestCandidate
                try require(best < range.upperBound, .literalSlots, index)
                range = max(best, range.lowerBound)..<range.upperBound
            }
            try require(isRun(slot.candidates, in: range), .literalSlots, index)
        }
        try require(candidatesUsed == UInt64(count(.candidates)), .candidates, 0)
    }

    /// States are breadth-first and form a tree; failures and outputs lead back to shorter texts. So a
    /// text of *n* bytes takes at most 2 *n* transitions, and no state has more outputs than its text has bytes.
    func checkAutomaton() throws(TableDamage) {
        let stateCount = count(.automatonStates)
        var hasParent = [Bool](repeating: false, count: Int(stateCount))
        var nextEdge: UInt64 = 0
        for index in 0..<stateCount {
            let state = view.state(index)
            try require(
                UInt64(state.firstEdge) == nextEdge && state.edgeCount <= 256
                    && isInside(state.firstEdge, UInt32(state.edgeCount), .automatonEdges),
                .automatonStates, index)
            nextEdge += UInt64(state.edgeCount)
            try require(Int(state.depth) <= TableLimits.literalBytesMax, .automatonStates, index)
            try require(
                index == 0 ? state.depth == 0 : hasParent[Int(index)], .automatonStates, index)
            try checkLinks(of: state, index)
            var lastByte = -1
            for position in 0..<UInt32(state.edgeCount) {
                let edge = view.edge(state.firstEdge + position)
                try require(Int(edge.byte) > lastByte, .automatonEdges, state.firstEdge + position)
                lastByte = Int(edge.byte)
                try require(
                    edge.target > index && edge.target < stateCount
                        && !hasParent[Int(edge.target)]
                        && Int(view.state(edge.target).depth) == Int(state.depth) + 1,
                    .automatonEdges, state.firstEdge + position)
                hasParent[Int(edge.target)] = true
            }
        }
        try require(nextEdge == UInt64(count(.automatonEdges)), .automatonEdges, 0)
    }

    private func checkLinks(
        of state: AutomatonStateRecord, _ index: UInt32
    ) throws(TableDamage) {
        try require(isIndexOrNone(state.literal, .automatonStates), .automatonStates, index)
        if index == 0 {
            try require(
                state.failure == 0 && state.literal == .none && state.nextOutput == .none,
                .automatonStates, index)
            return
        }
        try require(
            state.failure < index && view.state(state.failure).depth < state.depth,
            .automatonStates, index)
        guard state.nextOutput != .none else { return }
        try require(
            state.nextOutput < index && view.state(state.nextOutput).depth < state.depth
                && view.state(state.nextOutput).literal != .none, .automatonStates, index)
    }
}
