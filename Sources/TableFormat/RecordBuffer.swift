/// Zeros into which one record is written.
public struct RecordBuffer {
    /// The encoded record.
    public private(set) var bytes: [UInt8]

    /// - Parameter byteCount: Size of the record; its padding stays zero.
    public init(byteCount: Int) {
        bytes = [UInt8](repeating: 0, count: byteCount)
    }

    /// Writes an integer, little-endian, of as many bytes as its type has.
    public mutating func put<Integer: FixedWidthInteger>(_ value: Integer, at offset: Int) {
        for index in 0..<(Integer.bitWidth / 8) {
            bytes[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * index))
        }
    }

    /// Writes where a text stands: offset and size, 8 bytes.
    public mutating func put(_ text: TextReference, at offset: Int) {
        put(text.offset, at: offset)
        put(text.byteCount, at: offset + 4)
    }

    /// Writes where candidates stand: the first and their number, 8 bytes.
    public mutating func put(_ run: CandidateRun, at offset: Int) {
        put(run.first, at: offset)
        put(run.count, at: offset + 4)
    }

    /// Writes bytes as they are; what is left of their field stays zero.
    public mutating func put(_ text: [UInt8], at offset: Int) {
        for (index, byte) in text.enumerated() { bytes[offset + index] = byte }
    }
}
