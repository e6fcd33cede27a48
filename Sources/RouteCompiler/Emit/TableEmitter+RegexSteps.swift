import TableFormat

extension TableEmitter {
    /// Writes the distinct regexes, and the steps of those that can be walked.
    mutating func emitRegexes() {
        var runs = RunPool()
        var sets: [ByteSet: UInt16] = [:]
        for (index, regex) in lowering.regexes.regexes.enumerated() {
            let tree = RegexParser.parse(
                String(decoding: regex.source, as: UTF8.self),
                ignoresCase: regex.options & RegexRecord.ignoresCase != 0)
            var record = RegexRecord()
            record.text = sections.add(regex.source)
            record.options = regex.options
            record.matchLimit = MatchLimit.steps(
                for: tree, subjectByteCountMax: lowering.regexes.subjectByteCounts[index])
            record.byteCountMin = regex.byteCountMin
            if let steps = tree.flatMap(RegexSteps.init), let records = records(of: steps, &sets) {
                record.firstStep = runs.add(records, to: .regexSteps, in: &sections)
            }
            sections.append(record, to: .regexes)
        }
    }

    /// The steps as they are written; nil where the table has no room for another set.
    private mutating func records(
        of steps: RegexSteps, _ sets: inout [ByteSet: UInt16]
    ) -> [RegexStepRecord]? {
        var records: [RegexStepRecord] = []
        for (index, step) in steps.steps.enumerated() {
            switch step {
            case .literal(let bytes): records.append(RegexStepRecord(literal: bytes))
            case .set(let set, let min, let max):
                guard let number = add(set, to: &sets) else { return nil }
                records.append(
                    RegexStepRecord(
                        set: number, countMin: UInt16(min),
                        countMax: max.map { UInt16($0) } ?? RegexStepRecord.unbounded))
            case .choose(let set, let target):
                guard let number = add(set, to: &sets) else { return nil }
                records.append(
                    RegexStepRecord(choose: number, distance: UInt16(target - index - 1)))
            case .jump(let target):
                records.append(
                    target > index
                        ? RegexStepRecord(.skip, distance: UInt16(target - index - 1))
                        : RegexStepRecord(.again, distance: UInt16(index - target)))
            }
        }
        return records + [RegexStepRecord(steps.isAnchoredAtEnd ? .end : .match)]
    }

    private mutating func add(_ set: ByteSet, to sets: inout [ByteSet: UInt16]) -> UInt16? {
        if let number = sets[set] { return number }
        guard let number = UInt16(exactly: sets.count) else { return nil }
        var record = ByteSetRecord()
        record.words = set.words
        sections.append(record, to: .byteSets)
        sets[set] = number
        return number
    }
}
