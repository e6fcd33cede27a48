/// The bytes of records in the making, one behind another. Each begins as zeros.
public struct RecordBuffer {
    /// The records encoded so far.
    public private(set) var bytes: [UInt8]
    /// Where the record begins that is being written.
    private var start = 0

    /// Copied faster than written one by one.
    private static let zeros = [UInt8](repeating: 0, count: 256)

    /// Room for one record.
    ///
    /// - Parameter byteCount: Size of the record; its padding stays zero.
    public init(byteCount: Int) {
        bytes = [UInt8](repeating: 0, count: byteCount)
    }

    /// No record yet.
    public init() { bytes = [] }

    /// Adds room for one more record, which is written next.
    public mutating func beginRecord(byteCount: Int) {
        start = bytes.count
        if byteCount <= Self.zeros.count {
            bytes += Self.zeros[..<byteCount]
        } else {
            bytes.append(contentsOf: repeatElement(0, count: byteCount))
        }
    }

    /// Adds bytes as they are behind the records.
    public mutating func append(_ more: [UInt8]) { bytes += more }

    /// Drops everything and keeps the memory.
    public mutating func removeAll() {
        start = 0
        bytes.removeAll(keepingCapacity: true)
    }

    /// Writes an integer, little-endian, of as many bytes as its type has.
    public mutating func put<Integer: FixedWidthInteger>(_ value: Integer, at offset: Int) {
        let place = start + offset
        precondition(
            offset >= 0 && place + MemoryLayout<Integer>.size <= bytes.count,
            "a field lies inside its record")
        // SAFETY: checked above.
        unsafe bytes.withUnsafeMutableBytes { buffer in
            unsafe buffer.storeBytes(of: value.littleEndian, toByteOffset: place, as: Integer.self)
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
        for (index, byte) in text.enumerated() { bytes[start + offset + index] = byte }
    }
}
