/// A set of bytes that regexes repeat: one bit for each, the lowest bit of the first word for byte 0.
public struct ByteSetRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 32 }

    public var words: SIMD4<UInt64>

    /// The empty set.
    @inlinable public init() { self.words = .zero }

    @inlinable public init(reading bytes: RecordBytes) {
        self.words = SIMD4(
            bytes.uint64(at: 0), bytes.uint64(at: 8), bytes.uint64(at: 16), bytes.uint64(at: 24))
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        for index in 0..<4 { bytes.put(words[index], at: 8 * index) }
    }

    /// Whether the set at `bytes` has `byte`.
    @inlinable @inline(__always)
    public static func contains(_ byte: UInt8, in bytes: RecordBytes) -> Bool {
        bytes.uint64(at: Int(byte >> 6) &* 8) &>> UInt64(byte & 63) & 1 == 1
    }
}
