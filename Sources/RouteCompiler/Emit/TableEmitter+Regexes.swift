import TableFormat

extension TableEmitter {
    /// Writes the regex spaces with their affixes, the automaton and the hash of both.
    ///
    /// - Returns: Whether no two keys had the same hash.
    mutating func emitRegexIndex() -> Bool {
        var slots = KeyedRecords<LiteralSlotRecord>()
        var literals: [[UInt8]] = []
        var numbers: [[UInt8]: UInt32] = [:]
        for (index, space) in spaces.enumerated() {
            var record = RegexSpaceRecord()
            record.firstAffix = sections.count(of: .affixes)
            record.affixCount = UInt16(space.affixes.count)
            record.flags = space.inner.isEmpty ? 0 : RegexSpaceRecord.usesAutomaton
            record.unfiltered = sections.addCandidates(space.unfiltered)
            emitAffixes(of: space, into: &slots)
            for entry in space.inner {
                let number = numbers[entry.text] ?? UInt32(literals.count)
                if number == literals.count {
                    numbers[entry.text] = number
                    literals.append(entry.text)
                }
                let key = TableHash.key(
                    UInt64(number), owner: UInt32(index), variant: TableHash.Variant.inner)
                append(
                    entry.candidates, UInt32(index) | LiteralSlotRecord.ownerIsSpace, key, &slots)
            }
            sections.append(record, to: .regexSpaces)
        }
        emit(LiteralAutomaton(literals))
        guard
            let seed = emitHash(
                keys: slots.keys, records: slots.records, empty: LiteralSlotRecord(),
                pilots: .literalPilots, slots: .literalSlots)
        else { return false }
        seeds.literal = seed
        return true
    }

    private mutating func emitAffixes(
        of space: RegexSpaceIndex, into slots: inout KeyedRecords<LiteralSlotRecord>
    ) {
        for (length, entries) in space.affixes {
            var record = AffixRecord()
            record.kind = length.kind.rawValue
            record.byteCount = UInt16(length.byteCount)
            record.bestCandidate = entries.compactMap(\.candidates.first).min() ?? .none
            let affix = sections.append(record, to: .affixes)
            for entry in entries {
                let key = TableHash.key(
                    TableHash.bytes(entry.text, seed: seeds.text), owner: affix,
                    variant: TableHash.Variant.affix)
                append(entry.candidates, affix, key, &slots)
            }
        }
    }

    private mutating func append(
        _ candidates: [UInt32], _ owner: UInt32, _ key: UInt64,
        _ slots: inout KeyedRecords<LiteralSlotRecord>
    ) {
        var record = LiteralSlotRecord()
        record.tag = TableHash.tag(of: key)
        record.owner = owner
        record.candidates = sections.addCandidates(candidates)
        slots.append(record, key)
    }

    private mutating func emit(_ automaton: LiteralAutomaton) {
        for state in automaton.states {
            var record = AutomatonStateRecord()
            record.firstEdge = sections.count(of: .automatonEdges)
            record.edgeCount = UInt16(state.edges.count)
            record.depth = UInt16(state.depth)
            record.failure = UInt32(state.failure)
            record.literal = state.literal
            record.nextOutput = state.nextOutput
            sections.append(record, to: .automatonStates)
            for edge in state.edges {
                var record = AutomatonEdgeRecord()
                record.byte = edge.byte
                record.target = UInt32(edge.target)
                sections.append(record, to: .automatonEdges)
            }
        }
    }
}
