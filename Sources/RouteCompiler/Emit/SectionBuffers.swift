import TableFormat

/// The sections of a table in the making.
struct SectionBuffers {
    private var buffers = [RecordBuffer](
        repeating: RecordBuffer(), count: SectionKind.allCases.count + 1)
    private(set) var text = TextPool()

    /// Adds a record to its section.
    ///
    /// - Returns: Its index there.
    @discardableResult
    mutating func append<Record: TableRecord>(_ record: Record, to kind: SectionKind) -> UInt32 {
        let index = count(of: kind)
        buffers[Int(kind.rawValue)].beginRecord(byteCount: Record.byteCount)
        record.write(to: &buffers[Int(kind.rawValue)])
        return index
    }

    /// Adds a record of its own size.
    ///
    /// - Returns: Where it begins, in elements.
    mutating func append(
        byteCount: Int, to kind: SectionKind, _ write: (inout RecordBuffer) -> Void
    ) -> UInt32 {
        let start = count(of: kind)
        buffers[Int(kind.rawValue)].beginRecord(byteCount: byteCount)
        write(&buffers[Int(kind.rawValue)])
        return start
    }

    /// Adds integers, little-endian, to their section.
    mutating func append<Integer: FixedWidthInteger>(_ values: [Integer], to kind: SectionKind) {
        for value in values {
            buffers[Int(kind.rawValue)].beginRecord(byteCount: MemoryLayout<Integer>.size)
            buffers[Int(kind.rawValue)].put(value, at: 0)
        }
    }

    mutating func append(bytes: [UInt8], to kind: SectionKind) {
        buffers[Int(kind.rawValue)].append(bytes)
    }

    /// Adds encoded records unless `known` has equal ones.
    ///
    /// - Returns: The index of the first of them.
    mutating func add(
        _ run: [UInt8], to kind: SectionKind, unlessIn known: inout ByteRunIndex
    ) -> UInt32 {
        // SAFETY: the buffer is used inside the closure only.
        let (hash, found) = unsafe run.withUnsafeBytes { bytes in
            let hash = unsafe ByteRunIndex.hash(bytes)
            return unsafe (
                hash, known.offset(of: bytes, hash: hash, in: buffers[Int(kind.rawValue)].bytes)
            )
        }
        if let found { return UInt32(found / kind.elementByteCount) }
        let offset = buffers[Int(kind.rawValue)].bytes.count
        known.note(hash: hash, offset: offset, byteCount: run.count)
        buffers[Int(kind.rawValue)].append(run)
        return UInt32(offset / kind.elementByteCount)
    }

    /// Number of elements in a section.
    func count(of kind: SectionKind) -> UInt32 {
        UInt32(buffers[Int(kind.rawValue)].bytes.count / kind.elementByteCount)
    }

    func bytes(of kind: SectionKind) -> [UInt8] {
        kind == .text ? text.bytes : buffers[Int(kind.rawValue)].bytes
    }

    mutating func add(_ text: [UInt8]) -> TextReference { self.text.add(text) }
    mutating func add(_ text: String) -> TextReference { self.text.add(text) }
    mutating func add(_ text: String?) -> TextReference { self.text.add(text) }
    mutating func add(_ text: [UInt8], inside whole: TextReference, at offset: Int) -> TextReference
    {
        self.text.add(text, inside: whole, at: offset)
    }

    /// Stores the candidates of one key: a single one in the run itself.
    mutating func addCandidates(_ candidates: [UInt32]) -> CandidateRun {
        if candidates.count == 1 { return CandidateRun(first: candidates[0], count: 1) }
        if candidates.isEmpty { return .none }
        let first = count(of: .candidates)
        append(candidates, to: .candidates)
        return CandidateRun(first: first, count: UInt32(candidates.count))
    }
}
