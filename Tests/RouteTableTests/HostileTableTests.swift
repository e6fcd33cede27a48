import RouteCompiler
import RouteTable
import TableFormat
import Testing

/// Goal: no bytes make the loader or the matcher trap, leave the table or loop.
/// Method: a sample with something in every section, damaged in every place.
@Suite("Hostile tables")
struct HostileTableTests {
    private static let bytes = SampleTable.compiled.bytes
    private static let smallest = SampleTable.smallest.bytes

    @Test("Every section but the precompiled code has content in the sample")
    func sampleIsFull() throws {
        let table = try LoadedTable(checking: Self.bytes, isTrusted: true)
        for entry in table.sections {
            #expect(
                entry.elementCount > 0, "\(String(describing: SectionKind(rawValue: entry.kind)))")
        }
    }

    @Test("A table cut at any byte is refused")
    func truncation() {
        var accepted = 0
        for count in 0..<Self.smallest.count {
            let cut = Array(Self.smallest[..<count])
            if (try? LoadedTable(checking: cut, isTrusted: true)) != nil { accepted += 1 }
        }
        #expect(accepted == 0)
    }

    @Test("A table with any byte flipped is refused")
    func flippedBytes() {
        var accepted: [Int] = []
        var bytes = Self.smallest
        for index in bytes.indices {
            bytes[index] ^= 0x41
            if (try? LoadedTable(checking: bytes, isTrusted: true)) != nil {
                accepted.append(index)
            }
            bytes[index] ^= 0x41
        }
        #expect(accepted == [])
    }

    @Test(
        "A table with bytes changed and checksums repaired is refused or behaves",
        arguments: [
            0x01 as UInt8, 0x80, 0xFF,
        ])
    func repaired(mask: UInt8) throws {
        var bytes = Self.bytes
        var accepted = 0
        // Some bytes, others for each mask; the fuzzing target does all of them.
        for index in stride(from: Int(mask) % 41, to: bytes.count, by: 41) {
            bytes[index] ^= mask
            if let repaired = TableRepair.repair(bytes),
                case .success = TableFuzz.outcomes(of: repaired)
            {
                accepted += 1
            }
            bytes[index] ^= mask
        }
        // Text and numbers may change; what is accepted has answered without a trap.
        #expect(accepted > 10)
    }

    @Test("Repairing an undamaged table changes nothing")
    func repairIsExact() {
        #expect(TableRepair.repair(Self.bytes) == Self.bytes)
    }

    @Test("Another major version is refused by its number")
    func otherVersion() {
        var bytes = Self.bytes
        bytes[8] = 9
        #expect(throws: TableError.unsupportedVersion(major: 9, minor: 0)) {
            _ = try LoadedTable(checking: bytes, isTrusted: true)
        }
    }

    @Test("An unknown required feature is refused")
    func unknownFeature() {
        var bytes = Self.bytes
        bytes[17] = 1
        #expect(throws: TableError.unknownFeatures(bits: 256)) {
            _ = try LoadedTable(checking: bytes, isTrusted: true)
        }
    }

    @Test("Files that are no tables are refused by what they are")
    func otherFiles() {
        #expect(throws: TableError.isDirectory) { _ = try LoadedTable(path: "/") }
        #expect(throws: TableError.unreadable(number: 2)) {
            _ = try LoadedTable(path: "/nonexistent/routes.bin")
        }
        #expect(throws: TableError.notRegularFile) { _ = try LoadedTable(path: "/dev/null") }
        #expect(throws: TableError.isEmpty) { _ = try LoadedTable(checking: [], isTrusted: true) }
        #expect(throws: TableError.notARouteTable) {
            _ = try LoadedTable(checking: Array("services:\n  chat:".utf8), isTrusted: true)
        }
    }

    @Test("Every refusal is one line that a person can read")
    func messages() throws {
        var expensive = WorstCase()
        expensive.routeRegexes = .max
        let excess = try #require(WorstCaseCeilings.standard.excess(of: expensive))
        let errors: [TableError] = [
            .unreadable(number: 13), .isSymbolicLink, .isDirectory, .notRegularFile, .isEmpty,
            .notARouteTable, .unsupportedVersion(major: 2, minor: 1), .unknownFeatures(bits: 4),
            .tooLarge(byteCount: 1 << 40), .wrongLength(stated: 5, found: 4), .headerDamaged,
            .directoryDamaged(kind: 7), .sectionDamaged(.routes), .digestMismatch, .unsigned,
            .signedByOther("0123"), .wrongSignature,
            .invalidRecord(section: .hosts, record: 3), .limitsMismatch, .tooExpensive(excess),
        ]
        for error in errors {
            #expect(error.message.contains(" ") && !error.message.contains("\n"), "\(error)")
        }
    }
}
