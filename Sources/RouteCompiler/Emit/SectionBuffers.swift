import TableFormat

/// The sections of a table in the making.
struct SectionBuffers {
    private var buffers = [[UInt8]](repeating: [], count: SectionKind.allCases.count + 1)
    private(set) var text = TextPool()

    /// Adds a record to its section.
    ///
    /// - Returns: Its index there.
    @discardableResult
    mutating func append<Record: TableRecord>(_ record: Record, to kind: SectionKind) -> UInt32 {
        var buffer = RecordBuffer(byteCount: Record.byteCount)
        record.write(to: &buffer)
        let index = count(of: kind)
        buffers[Int(kind.rawValue)] += buffer.bytes
        return index
    }

    /// Adds integers, little-endian, to their section.
    mutating func append<Integer: FixedWidthInteger>(_ values: [Integer], to kind: SectionKind) {
        for value in values {
            for shift in stride(from: 0, to: Integer.bitWidth, by: 8) {
                buffers[Int(kind.rawValue)].append(UInt8(truncatingIfNeeded: value >> shift))
            }
        }
    }

    mutating func append(bytes: [UInt8], to kind: SectionKind) {
        buffers[Int(kind.rawValue)] += bytes
    }

    /// Number of elements in a section.
    func count(of kind: SectionKind) -> UInt32 {
        UInt32(buffers[Int(kind.rawValue)].count / kind.elementByteCount)
    }

    func bytes(of kind: SectionKind) -> [UInt8] {
        kind == .text ? text.bytes : buffers[Int(kind.rawValue)]
    }

    mutating func add(_ text: [UInt8]) -> TextReference { self.text.add(text) }
    mutating func add(_ text: String) -> TextReference { self.text.add(text) }
    mutating func add(_ text: String?) -> TextReference { self.text.add(text) }

    /// Stores the candidates of one key: a single one in the run itself.
    mutating func addCandidates(_ candidates: [UInt32]) -> CandidateRun {
        if candidates.count == 1 { return CandidateRun(first: candidates[0], count: 1) }
        if candidates.isEmpty { return .none }
        let first = count(of: .candidates)
        append(candidates, to: .candidates)
        return CandidateRun(first: first, count: UInt32(candidates.count))
    }
}
