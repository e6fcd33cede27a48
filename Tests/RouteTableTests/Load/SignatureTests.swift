import RouteCompiler
import RouteTable
import TableFormat
import TestSupport
import Testing

/// Goal: with a key, nothing but what that key has signed is loaded.
@Suite("Signed tables")
struct SignatureTests {
    private let signed: CompiledTable
    private let key: VerificationKey

    init() throws {
        let signingKey = try SigningKey(pem: TestKeys.bytes(TestKeys.signing))
        signed = SampleTable.compiled.signed(with: signingKey)
        key = try VerificationKey(pem: TestKeys.bytes(TestKeys.signingPublic))
    }

    @Test("A table loads with the key that has signed it, and without a key")
    func accepted() throws {
        let table = try LoadedTable(checking: signed.bytes, isTrusted: false, signedBy: key)
        #expect(table.signature != nil)
        _ = try LoadedTable(checking: signed.bytes, isTrusted: false)
    }

    @Test("A signature changes neither the digest nor anything behind the header")
    func sameTable() throws {
        let plain = SampleTable.compiled
        let before = try LoadedTable(checking: plain.bytes, isTrusted: false)
        let after = try LoadedTable(checking: signed.bytes, isTrusted: false)
        #expect(before.digest == after.digest)
        #expect(before.signature == nil)
        #expect(signed.bytes[256...] == plain.bytes[256...])
        #expect(signed.digestText == plain.digestText)
    }

    @Test("Signing is deterministic")
    func deterministic() throws {
        let again = try SigningKey(pem: TestKeys.bytes(TestKeys.signing))
        #expect(SampleTable.compiled.signed(with: again).bytes == signed.bytes)
    }

    @Test("A table that nobody has signed is refused")
    func unsigned() {
        #expect(throws: TableError.unsigned) {
            _ = try LoadedTable(
                checking: SampleTable.compiled.bytes, isTrusted: true, signedBy: key)
        }
    }

    @Test("A table that another key has signed is refused by that key's name")
    func otherKey() throws {
        let other = try VerificationKey(pem: TestKeys.bytes(TestKeys.otherPublic))
        let name = try #require(
            LoadedTable(checking: signed.bytes, isTrusted: false).signature?.keyNameText)
        #expect(name.count == 32)
        #expect(throws: TableError.signedByOther(name)) {
            _ = try LoadedTable(checking: signed.bytes, isTrusted: true, signedBy: other)
        }
    }

    @Test("A signature that was moved to another table is refused")
    func movedSignature() throws {
        let smallest = SampleTable.smallest.bytes
        var forged = smallest
        forged.replaceSubrange(172..<256, with: signed.bytes[172..<256])
        let repaired = try #require(TableRepair.repair(forged))
        _ = try LoadedTable(checking: repaired, isTrusted: false)
        #expect(throws: TableError.wrongSignature) {
            _ = try LoadedTable(checking: repaired, isTrusted: false, signedBy: key)
        }
    }

    /// Goal: no byte of a signed table can change. Method: bytes all over the file, each with every checksum made to
    /// fit again, which whoever damages a table on purpose does as well.
    @Test("A signed table with a byte changed and its checksums repaired is refused")
    func changedBytes() {
        var bytes = signed.bytes
        var accepted: [Int] = []
        for index in stride(from: 0, to: bytes.count, by: 7) {
            bytes[index] ^= 0x20
            if let repaired = TableRepair.repair(bytes), repaired != signed.bytes,
                (try? LoadedTable(checking: repaired, isTrusted: false, signedBy: key)) != nil
            {
                accepted.append(index)
            }
            bytes[index] ^= 0x20
        }
        #expect(accepted == [])
    }

    @Test("Precompiled patterns of a signed table are used, whoever may write the file")
    func trust() throws {
        let without = TableReport(of: try LoadedTable(checking: signed.bytes, isTrusted: false))
        #expect(without.text.contains("not used"))
        let with = TableReport(
            of: try LoadedTable(checking: signed.bytes, isTrusted: false, signedBy: key),
            isSignatureChecked: true)
        #expect(!with.text.contains("not used"))
        #expect(with.text.contains("checked"))
    }

    @Test("What stands where a signature would is refused if it is none")
    func strayBytes() throws {
        var bytes = SampleTable.smallest.bytes
        bytes[200] = 1
        let repaired = try #require(TableRepair.repair(bytes))
        // Repairing writes the header anew; the stray byte has to be put in again.
        var stray = repaired
        stray[200] = 1
        #expect(throws: TableError.headerDamaged) {
            _ = try LoadedTable(checking: stray, isTrusted: true)
        }
    }
}
