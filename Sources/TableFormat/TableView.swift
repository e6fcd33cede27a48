/// Reads records and text out of a table in memory.
///
/// Every access is checked against its section, so that a gap in the verification of a file stops the
/// process instead of reading elsewhere. The memory outlives the view; its owner sees to that.
@safe
public struct TableView: @unchecked Sendable {
    /// Where one section stands.
    @usableFromInline
    struct Place {
        @usableFromInline var offset: Int
        /// Number of elements.
        @usableFromInline var count: Int

        @inlinable
        init(offset: Int, count: Int) {
            self.offset = offset
            self.count = count
        }
    }

    @usableFromInline let base: UnsafeRawPointer
    /// The optional last section is there.
    private let hasPrecompiled: Bool

    /// - Parameters:
    ///   - base: The start of a table whose directory was checked: all sections but the last stand in
    ///     it, in the order of their kinds, and lie in that memory.
    ///   - sectionCount: Number of known sections.
    public init(base: UnsafeRawPointer, sectionCount: Int) {
        unsafe self.base = base
        hasPrecompiled = sectionCount == SectionKind.allCases.count
    }

    /// Reads the directory itself: its entries stand in the order of the kinds, from 1.
    @inlinable @inline(__always)
    func place(of kind: SectionKind) -> Place {
        let entry = TableHeader.byteCount + (Int(kind.rawValue) - 1) * SectionEntry.byteCount
        // SAFETY: the directory has an entry for the kind.
        let bytes = unsafe RecordBytes(base + entry)
        return Place(
            offset: Int(truncatingIfNeeded: bytes.uint64(at: SectionEntry.placeOffset)),
            count: Int(bytes.uint32(at: SectionEntry.placeOffset + 20)))
    }

    /// Number of elements of a section.
    @inlinable @inline(__always)
    public func count(of kind: SectionKind) -> Int { place(of: kind).count }

    /// One record of a section.
    @inlinable @inline(__always)
    public func record<Record: TableRecord>(
        _ type: Record.Type, _ kind: SectionKind, at index: UInt32
    ) -> Record {
        Record(reading: recordBytes(type, kind, at: index))
    }

    /// The bytes of one record of a section, of which not all are wanted.
    @inlinable @inline(__always)
    public func recordBytes<Record: TableRecord>(
        _ type: Record.Type, _ kind: SectionKind, at index: UInt32
    ) -> RecordBytes {
        let place = place(of: kind)
        precondition(Int(index) < place.count, "a table index was not verified")
        // SAFETY: the section lies in memory and the record in the section.
        return unsafe RecordBytes(base + (place.offset &+ Int(index) &* Record.byteCount))
    }

    /// Where a record would stand, to fetch it before it is read. Nothing is checked, so the address is
    /// not for reading.
    @inlinable
    public func address<Record: TableRecord>(
        of type: Record.Type, _ kind: SectionKind, at index: UInt32
    ) -> UInt {
        // SAFETY: the address is only a number.
        unsafe UInt(bitPattern: base) &+ UInt(bitPattern: place(of: kind).offset)
            &+ UInt(index) &* UInt(Record.byteCount)
    }

    /// The route that stands at a place, in units of ``RouteRecord/unit``. Only what a slot or a place of a
    /// verified table says is the start of one.
    @inlinable @inline(__always)
    public func route(at unit: UInt32) -> RouteRecord {
        let place = place(of: .routes)
        precondition(Int(unit) &+ 1 < place.count, "a route's place was not verified")
        // SAFETY: the fields lie in the section; the verifier saw that the rest of the record does.
        return unsafe RouteRecord(
            reading: RecordBytes(base + place.offset + Int(unit) &* RouteRecord.unit))
    }

    /// The same for the paths of policies, which are written as routes are.
    @inlinable public func route(at unit: UInt32, of section: SectionKind) -> RouteRecord {
        let place = place(of: section)
        precondition(Int(unit) &+ 1 < place.count, "a path's place was not verified")
        // SAFETY: as above.
        return unsafe RouteRecord(
            reading: RecordBytes(base + place.offset + Int(unit) &* RouteRecord.unit))
    }

    /// Where a route would stand, to fetch it before it is read. As ``address(of:_:at:)``.
    @inlinable @inline(__always)
    public func routeAddress(at unit: UInt32) -> UInt {
        // SAFETY: the address is only a number.
        unsafe UInt(bitPattern: base) &+ UInt(bitPattern: place(of: .routes).offset)
            &+ UInt(unit) &* UInt(RouteRecord.unit)
    }

    /// The slot that a key has among those of paths; none where there are no paths.
    @inlinable @inline(__always)
    public func pathSlot(of key: UInt64, seed: UInt64) -> PathSlot {
        let place = place(of: .pathSlots)
        guard place.count > 0 else { return .none }
        let pilots = self.place(of: .pathPilots)
        let bucket = TableHash.bucket(of: key, count: pilots.count, seed: seed)
        precondition(bucket < pilots.count, "a hash without pilots was not verified")
        // SAFETY: the bucket is below the number of pilots.
        let pilot = unsafe base.loadUnaligned(
            fromByteOffset: pilots.offset &+ bucket &* 2, as: UInt16.self)
        let slot = TableHash.slot(
            of: key, pilot: UInt16(littleEndian: pilot), count: place.count, seed: seed)
        // SAFETY: a slot is below the number of slots, whatever the pilot.
        let value = unsafe base.loadUnaligned(
            fromByteOffset: place.offset &+ slot &* 4, as: UInt32.self)
        return PathSlot(rawValue: UInt32(littleEndian: value))
    }

    /// The candidates whose number stands at `place` of their section, in front of them.
    @inlinable
    public func candidates(countedAt place: UInt32) -> CandidateRun {
        let count = candidate(CandidateRun(first: place, count: 2), at: 0)
        return CandidateRun(first: place &+ 1, count: count)
    }

    /// One pilot of a perfect hash.
    @inlinable @inline(__always)
    public func pilot(_ kind: SectionKind, at index: Int) -> UInt16 {
        let place = place(of: kind)
        precondition(index >= 0 && index < place.count, "a pilot index was not verified")
        // SAFETY: as in ``record(_:_:at:)``.
        let value = unsafe base.loadUnaligned(
            fromByteOffset: place.offset + index * 2, as: UInt16.self)
        return UInt16(littleEndian: value)
    }

    /// The candidate at `position` of a run.
    @inlinable @inline(__always)
    public func candidate(_ run: CandidateRun, at position: UInt32) -> UInt32 {
        if run.count == 1 { return run.first }
        let place = place(of: .candidates)
        let index = Int(run.first) + Int(position)
        precondition(index < place.count, "a candidate run was not verified")
        // SAFETY: as in ``record(_:_:at:)``.
        let value = unsafe base.loadUnaligned(
            fromByteOffset: place.offset + index * 4, as: UInt32.self)
        return UInt32(littleEndian: value)
    }

    /// A stretch of the text section.
    @inlinable @inline(__always)
    public func text(offset: UInt32, byteCount: Int) -> UnsafeRawBufferPointer {
        let place = place(of: .text)
        precondition(
            byteCount >= 0 && Int(offset) + byteCount <= place.count, "a text was not verified")
        // SAFETY: the stretch lies in the section.
        return unsafe UnsafeRawBufferPointer(
            start: base + place.offset + Int(offset), count: byteCount)
    }

    /// The text of a reference; of none, no bytes.
    @inlinable
    public func text(_ reference: TextReference) -> UnsafeRawBufferPointer {
        // SAFETY: ``text(offset:byteCount:)`` checks both; no bytes can lie anywhere.
        if reference.isNone { return unsafe text(offset: 0, byteCount: 0) }
        return unsafe text(offset: reference.offset, byteCount: Int(reference.byteCount))
    }

    /// All bytes of a section.
    public func bytes(of kind: SectionKind) -> UnsafeRawBufferPointer {
        if kind == .precompiled && !hasPrecompiled {
            // SAFETY: no bytes can lie anywhere.
            return unsafe UnsafeRawBufferPointer(start: base, count: 0)
        }
        let place = place(of: kind)
        // SAFETY: the directory was checked: the section lies in memory.
        return unsafe UnsafeRawBufferPointer(
            start: base + place.offset, count: place.count * kind.elementByteCount)
    }

    /// The slot that a key has in a perfect hash, or nil where the hash is empty.
    @inlinable @inline(__always)
    public func slot(
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
