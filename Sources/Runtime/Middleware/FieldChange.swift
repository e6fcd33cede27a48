package import RouteTable

/// One change to the fields of a head, as guards ask for it. Many of them stand one behind another in a
/// run of bytes, in the order in which they apply: kind, lengths, name, value.
///
/// Ranges refer to that run.
package struct FieldChange: BitwiseCopyable, Equatable, Sendable {
    /// What becomes of the fields of the name.
    package enum Kind: UInt8, BitwiseCopyable, Sendable {
        /// Puts one field in the place of all with the name. Without a value there is none then.
        case set
        /// Adds a field beside those that are there.
        case add
        /// Takes all fields with the name away.
        case remove
        /// Takes all fields away whose names begin so.
        case removePrefix
        /// Adds to a list, unless it is there, or `*`.
        case addListItem
    }

    package let kind: Kind
    package let name: ByteRange
    package let value: ByteRange

    /// Bytes in front of the name.
    private static let prefixByteCount = 5
    /// It is written as a word.
    private static let roomForPrefix = 8

    /// Reads the change that begins at `offset`; nil at the end.
    ///
    /// - Precondition: `changes` was written by ``append(_:_:_:to:)``.
    package init?(at offset: Int, of changes: RawSpan) {
        guard offset < changes.byteCount else { return nil }
        let prefix = Self.prefix(at: offset, of: changes)
        guard let kind = Kind(rawValue: UInt8(truncatingIfNeeded: prefix)) else {
            preconditionFailure("a change of a kind that nobody writes")
        }
        let nameCount = Int(prefix &>> 8 & 0xFFFF)
        let valueCount = Int(prefix &>> 24 & 0xFFFF)
        let nameStart = offset + Self.prefixByteCount
        self.kind = kind
        name = ByteRange(from: nameStart, to: nameStart + nameCount)
        value = ByteRange(from: nameStart + nameCount, to: nameStart + nameCount + valueCount)
    }

    /// Where the next change begins.
    package var end: Int { value.limit }

    /// Appends a change. The writer's overflow flag tells if there was no room.
    ///
    /// - Parameter value: Without control bytes but tabs; the caller has made sure.
    package static func append(
        _ kind: Kind, _ name: RawSpan, _ value: RawSpan, to changes: inout ByteWriter
    ) {
        let isLong = name.byteCount > Int(UInt16.max) || value.byteCount > Int(UInt16.max)
        let room = changes.capacity - changes.count
        guard !isLong, roomForPrefix + name.byteCount + value.byteCount <= room else {
            return changes.overflow()
        }
        let lengths = UInt64(name.byteCount) &<< 8 | UInt64(value.byteCount) &<< 24
        changes.append(lowest: prefixByteCount, of: UInt64(kind.rawValue) | lengths)
        changes.append(name)
        changes.append(value)
    }

    /// Kind and lengths as they were written.
    @inline(always)
    private static func prefix(at offset: Int, of changes: RawSpan) -> UInt64 {
        if offset + 8 <= changes.byteCount { return changes.word(at: offset) }
        var prefix: UInt64 = 0
        for index in 0..<prefixByteCount {
            prefix |= UInt64(changes.octet(at: offset + index)) &<< UInt64(8 * index)
        }
        return prefix
    }
}
