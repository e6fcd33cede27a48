/// The bytes of one record in a table. Little-endian, of any alignment.
///
/// Whoever makes one has checked that the whole record lies in memory; the offsets are constants of
/// the record types.
@safe
public struct RecordBytes {
    @usableFromInline let start: UnsafeRawPointer

    /// - Parameter start: Points to as many readable bytes as the record type has.
    @inlinable
    public init(_ start: UnsafeRawPointer) {
        unsafe self.start = start
    }

    /// A byte.
    @inlinable @inline(__always)
    public func uint8(at offset: Int) -> UInt8 {
        // SAFETY: record types read inside their size, which the maker of this value checked.
        unsafe start.load(fromByteOffset: offset, as: UInt8.self)
    }

    /// An integer of 2 bytes, little-endian.
    @inlinable @inline(__always)
    public func uint16(at offset: Int) -> UInt16 {
        // SAFETY: as in ``uint8(at:)``.
        UInt16(littleEndian: unsafe start.loadUnaligned(fromByteOffset: offset, as: UInt16.self))
    }

    /// An integer of 4 bytes, little-endian.
    @inlinable @inline(__always)
    public func uint32(at offset: Int) -> UInt32 {
        // SAFETY: as in ``uint8(at:)``.
        UInt32(littleEndian: unsafe start.loadUnaligned(fromByteOffset: offset, as: UInt32.self))
    }

    /// An integer of 8 bytes, little-endian.
    @inlinable @inline(__always)
    public func uint64(at offset: Int) -> UInt64 {
        // SAFETY: as in ``uint8(at:)``.
        UInt64(littleEndian: unsafe start.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
    }

    /// An integer of 4 bytes, little-endian, in two's complement.
    @inlinable
    public func int32(at offset: Int) -> Int32 { Int32(bitPattern: uint32(at: offset)) }

    /// An address inside the record, for comparing many bytes at once.
    @inlinable @inline(__always)
    public func pointer(at offset: Int) -> UnsafeRawPointer {
        // SAFETY: as in ``uint8(at:)``.
        unsafe start + offset
    }

    /// Where a text stands: offset and size, 8 bytes. Neither is checked here.
    @inlinable
    public func text(at offset: Int) -> TextReference {
        TextReference(offset: uint32(at: offset), byteCount: uint32(at: offset + 4))
    }

    /// Where candidates stand: the first and their number, 8 bytes. Neither is checked here.
    @inlinable
    public func candidates(at offset: Int) -> CandidateRun {
        CandidateRun(first: uint32(at: offset), count: uint32(at: offset + 4))
    }
}
