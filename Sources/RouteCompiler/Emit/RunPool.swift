import TableFormat

/// Stores runs of records so that equal runs are stored once.
struct RunPool {
    private var known: [[UInt8]: UInt32] = [:]

    /// The index of the first record of the run. An empty run begins at 0.
    mutating func add<Record: TableRecord>(
        _ records: [Record], to kind: SectionKind, in sections: inout SectionBuffers
    ) -> UInt32 {
        guard !records.isEmpty else { return 0 }
        var key: [UInt8] = []
        for record in records {
            var buffer = RecordBuffer(byteCount: Record.byteCount)
            record.write(to: &buffer)
            key += buffer.bytes
        }
        if let first = known[key] { return first }
        let first = sections.count(of: kind)
        known[key] = first
        sections.append(bytes: key, to: kind)
        return first
    }
}
