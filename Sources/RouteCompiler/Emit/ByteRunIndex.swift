import Glibc
import TableFormat

/// Remembers which stretches of a growing buffer are known, so that equal bytes are stored once.
///
/// Open addressing over the table's own hash: the order of what it finds depends on nothing but the
/// bytes, and a look-up allocates nothing.
struct ByteRunIndex {
    private struct Entry {
        let hash: UInt64
        let offset: Int
        let byteCount: Int
    }

    private var entries: [Entry] = []
    /// 0, or the number of an entry and one. A power of two of them, at most half of them taken.
    private var slots = [UInt32](repeating: 0, count: 64)

    /// Where bytes equal to `run` were noted, or nil.
    ///
    /// - Parameter buffer: The buffer that the noted stretches lie in.
    func offset(of run: UnsafeRawBufferPointer, hash: UInt64, in buffer: [UInt8]) -> Int? {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: hash) & mask
        while slots[slot] != 0 {
            let entry = entries[Int(slots[slot]) - 1]
            // SAFETY: the run is the caller's and alive; the function checks where it reads the buffer.
            if entry.hash == hash, unsafe Self.isEqual(run, entry, in: buffer) {
                return entry.offset
            }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// Notes a stretch that is not known yet.
    mutating func note(hash: UInt64, offset: Int, byteCount: Int) {
        entries.append(Entry(hash: hash, offset: offset, byteCount: byteCount))
        if entries.count * 2 > slots.count {
            slots = [UInt32](repeating: 0, count: slots.count * 2)
            for index in entries.indices { place(index) }
        } else {
            place(entries.count - 1)
        }
    }

    private mutating func place(_ index: Int) {
        let mask = slots.count - 1
        var slot = Int(truncatingIfNeeded: entries[index].hash) & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = UInt32(index + 1)
    }

    private static func isEqual(
        _ run: UnsafeRawBufferPointer, _ entry: Entry, in buffer: [UInt8]
    ) -> Bool {
        guard entry.byteCount == run.count else { return false }
        // SAFETY: a noted stretch lies inside the buffer, which only grows; the slice checks it.
        return unsafe buffer.withUnsafeBytes { bytes in
            precondition(
                entry.offset + entry.byteCount <= bytes.count, "a buffer of noted bytes grows")
            guard let start = bytes.baseAddress, let other = run.baseAddress else { return true }
            return unsafe memcmp(start + entry.offset, other, run.count) == 0
        }
    }

    /// The hash of a stretch.
    static func hash(_ run: UnsafeRawBufferPointer) -> UInt64 {
        // SAFETY: the pointer and the count are those of one buffer.
        guard let start = run.baseAddress else { return TableHash.bytes([], seed: 0) }
        return unsafe TableHash.bytes(start, count: run.count, seed: 0)
    }
}
