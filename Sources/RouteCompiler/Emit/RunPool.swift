import TableFormat

/// Stores runs of records of one section so that equal runs are stored once.
struct RunPool {
    private var known = ByteRunIndex()
    /// The run in question, encoded.
    private var scratch = RecordBuffer()

    /// The index of the first record of the run. An empty run begins at 0.
    mutating func add<Record: TableRecord>(
        _ records: [Record], to kind: SectionKind, in sections: inout SectionBuffers
    ) -> UInt32 {
        guard !records.isEmpty else { return 0 }
        scratch.removeAll()
        for record in records {
            scratch.beginRecord(byteCount: Record.byteCount)
            record.write(to: &scratch)
        }
        return sections.add(scratch.bytes, to: kind, unlessIn: &known)
    }
}
