import TableFormat

extension Matcher {
    /// Puts the regexes of a space that may match `subject` and stand before `best` into ``pending``.
    mutating func collectRegexes(
        ofSpace index: UInt32, subject: UnsafeRawBufferPointer, below best: UInt32,
        in table: borrowing LoadedTable
    ) {
        let space = table.view.regexSpace(index)
        add(space.unfiltered, below: best, in: table)
        for affix in 0..<UInt32(space.affixCount) {
            // SAFETY: the subject is the caller's; it is only read, and not kept.
            unsafe collect(affix: space.firstAffix + affix, subject, below: best, in: table)
        }
        if space.flags & RegexSpaceRecord.usesAutomaton != 0 {
            unsafe scan(subject, space: index, below: best, in: table)
        }
    }

    private mutating func add(
        _ run: CandidateRun, below best: UInt32, in table: borrowing LoadedTable
    ) {
        for position in 0..<run.count {
            let candidate = table.view.candidate(run, at: position)
            guard candidate < best else { return }
            pending.push(candidate)
        }
    }

    private mutating func collect(
        affix index: UInt32, _ subject: UnsafeRawBufferPointer, below best: UInt32,
        in table: borrowing LoadedTable
    ) {
        let affix = table.view.affix(index)
        let byteCount = Int(affix.byteCount)
        guard affix.bestCandidate < best, byteCount <= subject.count,
            let base = subject.baseAddress
        else { return }
        let offset = affix.kind == AffixKind.prefix.rawValue ? 0 : subject.count - byteCount
        // SAFETY: the affix lies inside the subject.
        let hash = unsafe TableHash.bytes(
            base + offset, count: byteCount, seed: table.seeds.text)
        let key = TableHash.key(hash, owner: index, variant: TableHash.Variant.affix)
        lookUp(key, owner: index, below: best, in: table)
    }

    private mutating func lookUp(
        _ key: UInt64, owner: UInt32, below best: UInt32, in table: borrowing LoadedTable
    ) {
        work.pathProbes &+= 1
        guard
            let index = table.view.slot(
                of: key, pilots: .literalPilots, slots: .literalSlots, seed: table.seeds.literal)
        else { return }
        let slot = table.view.literalSlot(index)
        guard slot.tag == TableHash.tag(of: key), slot.owner == owner else { return }
        add(slot.candidates, below: best, in: table)
    }

    /// Runs the automaton over `subject` and looks up each literal that it finds, once.
    private mutating func scan(
        _ subject: UnsafeRawBufferPointer, space: UInt32, below best: UInt32,
        in table: borrowing LoadedTable
    ) {
        seenLiterals.beginSubject()
        var state: UInt32 = 0
        for index in 0..<subject.count {
            // SAFETY: `index` is below the count of the subject.
            let byte = unsafe subject[index]
            while true {
                work.automatonSteps &+= 1
                let record = table.view.state(state)
                if let target = Self.target(of: record, byte, in: table) {
                    state = target
                    break
                }
                if state == 0 { break }
                state = record.failure
            }
            report(state, space: space, below: best, in: table)
        }
    }

    private static func target(
        of state: AutomatonStateRecord, _ byte: UInt8, in table: borrowing LoadedTable
    ) -> UInt32? {
        var low = state.firstEdge
        var high = state.firstEdge + UInt32(state.edgeCount)
        while low < high {
            let middle = low + (high - low) / 2
            let edge = table.view.edge(middle)
            if edge.byte == byte { return edge.target }
            if edge.byte < byte { low = middle + 1 } else { high = middle }
        }
        return nil
    }

    private mutating func report(
        _ state: UInt32, space: UInt32, below best: UInt32, in table: borrowing LoadedTable
    ) {
        var output = state
        while output != .none {
            let record = table.view.state(output)
            if record.literal != .none, seenLiterals.insert(record.literal) {
                let key = TableHash.key(
                    UInt64(record.literal), owner: space, variant: TableHash.Variant.inner)
                lookUp(key, owner: space | LiteralSlotRecord.ownerIsSpace, below: best, in: table)
            }
            output = record.nextOutput
        }
    }
}
