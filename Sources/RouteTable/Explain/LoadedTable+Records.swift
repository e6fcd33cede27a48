import TableFormat

extension LoadedTable {
    /// One record of a section.
    func record<Record: TableRecord>(_ index: Int, of kind: SectionKind) -> Record {
        view.record(Record.self, kind, at: UInt32(index))
    }

    func recordCount(of kind: SectionKind) -> Int { view.count(of: kind) }
}
