import RouteTable
import TableFormat

/// Changes fields of a table's records and makes the checksums fit again.
struct TableEditor {
    private(set) var bytes: [UInt8]
    private let entries: [SectionEntry]

    init(_ bytes: [UInt8]) throws {
        self.bytes = bytes
        entries = try LoadedTable(checking: bytes, isTrusted: false).sections
    }

    /// The table as it is now, with checksums, digest and worst case of its content.
    var repaired: [UInt8]? { TableRepair.repair(bytes) }

    func count(of kind: SectionKind) -> Int { Int(entry(of: kind).elementCount) }

    func get(_ kind: SectionKind, _ index: Int, at offset: Int, byteCount: Int = 4) -> UInt32 {
        let start = place(of: kind, index) + offset
        return (0..<byteCount).reduce(0) { $0 | UInt32(bytes[start + $1]) << UInt32(8 * $1) }
    }

    mutating func set(
        _ kind: SectionKind, _ index: Int, at offset: Int, byteCount: Int = 4, to value: UInt32
    ) {
        let start = place(of: kind, index) + offset
        for byte in 0..<byteCount {
            bytes[start + byte] = UInt8(truncatingIfNeeded: value >> UInt32(8 * byte))
        }
    }

    private func entry(of kind: SectionKind) -> SectionEntry {
        guard let entry = entries.first(where: { $0.kind == kind.rawValue }) else {
            preconditionFailure("every kind has an entry")
        }
        return entry
    }

    private func place(of kind: SectionKind, _ index: Int) -> Int {
        Int(entry(of: kind).offset) + index * kind.elementByteCount
    }
}
