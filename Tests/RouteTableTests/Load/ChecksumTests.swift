import TableFormat
import TestSupport
import Testing

@Suite("CRC-32C")
struct ChecksumTests {
    /// RFC 3720, B.4.
    @Test("The checksums are those of the standard")
    func vectors() {
        #expect(CRC32C.checksum(of: [UInt8](repeating: 0, count: 32)) == 0x8A91_36AA)
        #expect(CRC32C.checksum(of: [UInt8](repeating: 0xFF, count: 32)) == 0x62A8_AB43)
        #expect(CRC32C.checksum(of: Array(0..<32)) == 0x46DD_794E)
        #expect(CRC32C.checksum(of: Array("123456789".utf8)) == 0xE306_9283)
        #expect(CRC32C.checksum(of: []) == 0)
    }

    /// Goal: the processor's instruction and the tables agree. Method: all lengths around the sizes of the blocks that
    /// are read three at a time, at all alignments.
    @Test("The processor's instruction gives what the tables give")
    func agreement() {
        var random = SeededGenerator(seed: 1)
        let bytes = (0..<60_000).map { _ in UInt8.random(in: 0...255, using: &random) }
        var lengths = Array(0...40)
        for block in [256, 768, 8_192, 24_576, 49_152] { lengths += (block - 9)...(block + 9) }
        for length in lengths {
            let start = random.number(0...63)
            // SAFETY: both read the piece while the array lives.
            let (fast, slow) = unsafe bytes.withUnsafeBytes { buffer in
                let piece = unsafe UnsafeRawBufferPointer(
                    rebasing: buffer[start..<(start + length)])
                return unsafe (CRC32C.checksum(of: piece), CRC32C.portableChecksum(of: piece))
            }
            #expect(fast == slow, "\(length) bytes")
        }
    }
}
