internal import RouteTable
internal import TableFormat
package import TestSupport

/// Makes hostile tables out of sound ones: it knows where records and links stand, and makes the checksums fit again.
package struct TableMutator {
    private let bytes: [UInt8]
    private let header: TableHeader
    private let entries: [SectionEntry]
    /// Sections with a record at least that matching reads, but for the text, and the others.
    private let hot: [SectionEntry]
    private let cold: [SectionEntry]
    /// Numbers that mean something in this table: counts of sections and of text, and their neighbours.
    private let telling: [UInt64]

    /// - Parameter table: A table that loads.
    /// - Returns: nil if it is none.
    package init?(of table: [UInt8]) {
        guard let loaded = try? LoadedTable(checking: table, isTrusted: false) else { return nil }
        bytes = table
        entries = loaded.sections
        // SAFETY: a table that loads begins with a header.
        header = unsafe table.withUnsafeBytes { buffer in
            guard let base = buffer.baseAddress else { preconditionFailure("a table is not empty") }
            return unsafe TableHeader(reading: RecordBytes(base))
        }
        let filled = entries.filter {
            $0.elementCount > 0 && $0.kind != SectionKind.precompiled.rawValue
        }
        hot = filled.filter { $0.kind < SectionKind.settings.rawValue }
        cold = filled.filter { $0.kind >= SectionKind.settings.rawValue }
        let counts = Set(entries.map { UInt64($0.elementCount) })
        telling = counts.sorted().flatMap { [$0, $0 &- 1, $0 &+ 1] }
    }

    /// One hostile table.
    package func next(_ random: inout SeededGenerator) -> [UInt8] {
        var result = bytes
        switch random.number(0...19) {
        case 0: return Array(result.prefix(random.number(0...result.count)))
        case 1:
            damage(&result, &random)
            return result
        case 2: changeDirectory(&result, &random)
        case 3: changeHeader(&result, &random)
        default:
            for _ in 0..<random.one(of: [1, 1, 1, 2, 3, 6]) { changeRecord(&result, &random) }
        }
        return TableRepair.repair(result) ?? result
    }

    private func damage(_ result: inout [UInt8], _ random: inout SeededGenerator) {
        for _ in 0..<random.number(1...3) {
            result[random.number(0...(result.count - 1))] ^= UInt8(1 << random.number(0...7))
        }
    }

    private func changeHeader(_ result: inout [UInt8], _ random: inout SeededGenerator) {
        let offset = random.number(8...(TableHeader.byteCount - 8))
        put(value(&random), byteCount: random.one(of: [1, 2, 4, 8]), at: offset, in: &result)
    }

    private func changeDirectory(_ result: inout [UInt8], _ random: inout SeededGenerator) {
        let index = random.number(0...(entries.count - 1))
        let entry = TableHeader.byteCount + index * SectionEntry.byteCount
        let fields = [(0, 4), (4, 4), (8, 8), (16, 8), (24, 4), (28, 4)]
        let (offset, byteCount) = random.one(of: fields)
        let old = UInt64(entries[index].elementCount)
        let number = random.once(in: 2) ? old &+ UInt64(random.number(0...2)) &- 1 : value(&random)
        put(number, byteCount: byteCount, at: entry + offset, in: &result)
        guard random.once(in: 2) else { return }
        // A section that is shorter or longer, by whole records, and says so everywhere.
        let size = UInt64(entries[index].elementByteCount) &* number
        put(number, byteCount: 4, at: entry + 28, in: &result)
        put(size, byteCount: 8, at: entry + 16, in: &result)
    }

    /// Changes a field, or puts one record over another.
    private func changeRecord(_ result: inout [UInt8], _ random: inout SeededGenerator) {
        // Most changes of what matching never reads are accepted and change nothing.
        let entry = random.one(of: random.once(in: 8) ? cold : hot)
        let size = Int(entry.elementByteCount)
        let last = Int(entry.elementCount) - 1
        let record = Int(entry.offset) + random.number(0...last) * size
        let other = Int(entry.offset) + random.number(0...last) * size
        switch random.number(0...9) {
        case 0:
            let copy = Array(result[other..<(other + size)])
            result.replaceSubrange(record..<(record + size), with: copy)
        case 1:
            for index in 0..<size { result.swapAt(record + index, other + index) }
        default:
            let width = min(size, random.one(of: [1, 1, 2, 4, 4, 4, 4]))
            let offset = random.number(0...(size / width - 1)) * width
            let number =
                random.once(in: 4)
                ? get(byteCount: width, at: other + offset, in: result)
                : random.once(in: 3)
                    ? get(byteCount: width, at: record + offset, in: result)
                        &+ UInt64(random.number(0...2)) &- 1 : value(&random)
            put(number, byteCount: width, at: record + offset, in: &result)
        }
    }

    private func value(_ random: inout SeededGenerator) -> UInt64 {
        switch random.number(0...7) {
        case 0: .max
        case 1: UInt64(random.number(0...4))
        case 2: 1 << UInt64(random.number(0...63))
        case 3: random.next()
        default: random.one(of: telling)
        }
    }

    private func get(byteCount: Int, at offset: Int, in result: [UInt8]) -> UInt64 {
        (0..<byteCount).reduce(0) { $0 | UInt64(result[offset + $1]) << UInt64(8 * $1) }
    }

    private func put(_ value: UInt64, byteCount: Int, at offset: Int, in result: inout [UInt8]) {
        for index in 0..<byteCount where offset + index < result.count {
            result[offset + index] = UInt8(truncatingIfNeeded: value >> UInt64(8 * index))
        }
    }
}
