/// Reads records and text out of a table in memory.
///
/// Every access is checked against its section, so that a gap in the verification of a file stops the
/// process instead of reading elsewhere. The memory outlives the view; its owner sees to that.
@safe
package struct TableView: @unchecked Sendable {
    /// Where one section stands.
    package struct Place: Sendable {
        package var offset = 0
        /// Number of elements.
        package var count = 0

        @inlinable package init() {}
    }

    @usableFromInline let base: UnsafeRawPointer
    @usableFromInline var places = InlineArray<43, Place>(repeating: Place())

    /// - Parameters:
    ///   - base: The start of the table.
    ///   - entries: A directory whose sections lie in that memory.
    package init(base: UnsafeRawPointer, entries: [SectionEntry]) {
        unsafe self.base = base
        for entry in entries {
            guard let kind = SectionKind(rawValue: entry.kind) else { continue }
            places[Int(kind.rawValue)].offset = Int(entry.offset)
            places[Int(kind.rawValue)].count = Int(entry.elementCount)
        }
    }

    /// Number of elements of a section.
    @inlinable
    package func count(of kind: SectionKind) -> Int { places[Int(kind.rawValue)].count }

    /// One record of a section.
    @inlinable
    package func record<Record: TableRecord>(
        _ type: Record.Type, _ kind: SectionKind, at index: UInt32
    ) -> Record {
        let place = places[Int(kind.rawValue)]
        precondition(Int(index) < place.count, "a table index was not verified")
        // SAFETY: the section lies in memory and the record in the section.
        return unsafe Record(
            reading: RecordBytes(base + place.offset + Int(index) * Record.byteCount))
    }

    /// One pilot of a perfect hash.
    @inlinable
    package func pilot(_ kind: SectionKind, at index: Int) -> UInt16 {
        let place = places[Int(kind.rawValue)]
        precondition(index >= 0 && index < place.count, "a pilot index was not verified")
        // SAFETY: as in ``record(_:_:at:)``.
        let value = unsafe base.loadUnaligned(
            fromByteOffset: place.offset + index * 2, as: UInt16.self)
        return UInt16(littleEndian: value)
    }

    /// The candidate at `position` of a run.
    @inlinable
    package func candidate(_ run: CandidateRun, at position: UInt32) -> UInt32 {
        if run.count == 1 { return run.first }
        let place = places[Int(SectionKind.candidates.rawValue)]
        let index = Int(run.first) + Int(position)
        precondition(index < place.count, "a candidate run was not verified")
        // SAFETY: as in ``record(_:_:at:)``.
        let value = unsafe base.loadUnaligned(
            fromByteOffset: place.offset + index * 4, as: UInt32.self)
        return UInt32(littleEndian: value)
    }

    /// A stretch of the text section.
    @inlinable
    package func text(offset: UInt32, byteCount: Int) -> UnsafeRawBufferPointer {
        let place = places[Int(SectionKind.text.rawValue)]
        precondition(
            byteCount >= 0 && Int(offset) + byteCount <= place.count, "a text was not verified")
        // SAFETY: the stretch lies in the section.
        return unsafe UnsafeRawBufferPointer(
            start: base + place.offset + Int(offset), count: byteCount)
    }

    /// The text of a reference; of none, no bytes.
    @inlinable
    package func text(_ reference: TextReference) -> UnsafeRawBufferPointer {
        if reference.isNone { return unsafe text(offset: 0, byteCount: 0) }
        return unsafe text(offset: reference.offset, byteCount: Int(reference.byteCount))
    }

    /// All bytes of a section.
    package func bytes(of kind: SectionKind) -> UnsafeRawBufferPointer {
        let place = places[Int(kind.rawValue)]
        // SAFETY: the directory was checked: the section lies in memory.
        return unsafe UnsafeRawBufferPointer(
            start: base + place.offset, count: place.count * kind.elementByteCount)
    }

    /// The slot that a key has in a perfect hash, or nil where the hash is empty.
    @inlinable
    package func slot(
        of key: UInt64, pilots: SectionKind, slots: SectionKind, seed: UInt64
    ) -> UInt32? {
        let slotCount = count(of: slots)
        guard slotCount > 0 else { return nil }
        let bucket = TableHash.bucket(of: key, count: count(of: pilots), seed: seed)
        let pilot = pilot(pilots, at: bucket)
        return UInt32(
            truncatingIfNeeded: TableHash.slot(of: key, pilot: pilot, count: slotCount, seed: seed))
    }
}
