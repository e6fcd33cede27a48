package import RouteTable

/// One change to the fields of a head, as guards ask for it. Many of them stand one behind another in a
/// run of bytes, in the order in which they apply: a word, and behind it the name; of what adds something the
/// whole line.
///
///     kind  name's length  value's length  mark  –   name [": " value CR LF]
///        1              2               2     1  2
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
    /// A bit for the name: two names with different ones are not the same.
    let mark: UInt64
    /// Where the next change begins.
    package let end: Int

    private static let prefixByteCount = 8
    /// `: ` and CR LF.
    private static let lineByteCount = 4

    /// Reads the change that begins at `offset`; nil at the end.
    ///
    /// - Precondition: `changes` was written by ``append(_:_:_:to:)`` or ``append(_:_:number:to:)``.
    @inline(always)
    package init?(at offset: Int, of changes: RawSpan) {
        guard offset < changes.byteCount else { return nil }
        let prefix = changes.word(at: offset)
        guard let kind = Kind(rawValue: UInt8(truncatingIfNeeded: prefix)) else {
            preconditionFailure("a change of a kind that nobody writes")
        }
        let nameCount = Int(prefix &>> 8 & 0xFFFF)
        let valueCount = Int(prefix &>> 24 & 0xFFFF)
        let nameStart = offset &+ Self.prefixByteCount
        let nameEnd = nameStart &+ nameCount
        self.kind = kind
        name = ByteRange(
            offset: UInt32(truncatingIfNeeded: nameStart), count: UInt32(nameCount))
        value = ByteRange(
            offset: UInt32(truncatingIfNeeded: nameEnd &+ 2), count: UInt32(valueCount))
        mark = 1 &<< (prefix &>> 40 & 63)
        end = kind.adds ? nameEnd &+ valueCount &+ Self.lineByteCount : nameEnd
    }

    /// The whole line, if something is added.
    var line: ByteRange {
        ByteRange(
            offset: name.offset, count: name.count + value.count + UInt32(Self.lineByteCount))
    }

    /// Appends a change. The writer's overflow flag tells if there was no room.
    ///
    /// - Parameters:
    ///   - name: At least one byte.
    ///   - value: Without control bytes but tabs; the caller has made sure.
    @inline(always)
    package static func append(
        _ kind: Kind, _ name: RawSpan, _ value: RawSpan, to changes: inout ByteWriter
    ) {
        let isLong = name.byteCount > Int(UInt16.max) || value.byteCount > Int(UInt16.max)
        let room = changes.capacity - changes.count
        let byteCount = prefixByteCount + name.byteCount + value.byteCount + lineByteCount
        guard !isLong, byteCount <= room else { return changes.overflow() }
        changes.append(word: prefix(kind, name, valueCount: value.byteCount))
        changes.append(name)
        guard kind.adds else { return }
        changes.append(": ")
        changes.append(value)
        changes.appendLineEnd()
    }

    /// The same with a number for the value.
    @inline(always)
    static func append(
        _ kind: Kind, _ name: RawSpan, number: UInt64, to changes: inout ByteWriter
    ) {
        let start = changes.count
        changes.append(word: 0)
        changes.append(name)
        changes.append(": ")
        let valueStart = changes.count
        changes.append(decimal: number)
        let valueCount = changes.count - valueStart
        changes.appendLineEnd()
        guard !changes.isOverflowed else { return changes.truncate(to: start) }
        changes.replace(at: start, by: prefix(kind, name, valueCount: valueCount))
    }

    @inline(always)
    private static func prefix(_ kind: Kind, _ name: RawSpan, valueCount: Int) -> UInt64 {
        let range = ByteRange(offset: 0, count: UInt32(truncatingIfNeeded: name.byteCount))
        let lengths = UInt64(name.byteCount) &<< 8 | UInt64(valueCount) &<< 24
        return UInt64(kind.rawValue) | lengths | markNumber(of: range, in: name) &<< 40
    }

    /// A bit for a name, without regard to the case of letters and to which of `_` and `-` it has.
    @inline(always)
    static func mark(of name: ByteRange, in bytes: RawSpan) -> UInt64 {
        1 &<< markNumber(of: name, in: bytes)
    }

    /// From the length and the last byte but one: names with one beginning often differ there.
    @inline(always)
    private static func markNumber(of name: ByteRange, in bytes: RawSpan) -> UInt64 {
        guard name.count > 1 else { return 0 }
        let byte = bytes.octet(at: name.limit &- 2)
        // `_` and `-` are one.
        let folded = UInt64(byte == UInt8(ascii: "_") ? UInt8(ascii: "-") : byte | 0x20)
        return (UInt64(name.count) &* 8 ^ folded) & 63
    }
}

extension FieldChange.Kind {
    /// Whether it takes away what is there.
    @inline(always)
    var drops: Bool {
        switch self {
        case .set, .remove, .removePrefix: true
        case .add, .addListItem: false
        }
    }

    /// Whether it adds something.
    @inline(always)
    var adds: Bool {
        switch self {
        case .set, .add, .addListItem: true
        case .remove, .removePrefix: false
        }
    }
}
