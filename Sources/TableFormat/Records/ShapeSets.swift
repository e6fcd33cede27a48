/// The shapes of a host that a path can have, by the number of its segments: bits by the shapes' numbers.
///
/// Six sets, for paths of 1, 2, 3, 4, 5, and of 6 or more segments, two in each field.
public struct ShapeSets: Equatable, Sendable {
    /// Number of sets.
    @inlinable public static var count: Int { 6 }

    @usableFromInline var pairs: (UInt64, UInt64, UInt64)

    /// No shape at all.
    @inlinable
    public init() { pairs = (0, 0, 0) }

    @inlinable
    init(reading bytes: RecordBytes, at offset: Int) {
        pairs = (
            bytes.uint64(at: offset), bytes.uint64(at: offset &+ 8), bytes.uint64(at: offset &+ 16)
        )
    }

    @inlinable
    func write(to bytes: inout RecordBuffer, at offset: Int) {
        bytes.put(pairs.0, at: offset)
        bytes.put(pairs.1, at: offset + 8)
        bytes.put(pairs.2, at: offset + 16)
    }

    /// Adds a shape to the sets of all paths that can have it.
    public mutating func insert(_ shape: ShapeRecord, number: Int) {
        let bit: UInt64 = 1 << UInt64(number)
        let wanted = UInt64(shape.segmentCount)
        let last = UInt64(Self.count - 1)
        // One bit for each of the sets. No path has no segments.
        var sets: UInt64 = 1 << min(max(wanted, 1) - 1, last)
        if shape.tail == TailKind.open.rawValue {
            sets = (1 << (last + 1)) - sets
        } else if wanted == 0 {
            sets = 0
        }
        pairs.0 |= (sets & 1) * bit | ((sets >> 1 & 1) * bit) << 32
        pairs.1 |= ((sets >> 2 & 1) * bit) | ((sets >> 3 & 1) * bit) << 32
        pairs.2 |= ((sets >> 4 & 1) * bit) | ((sets >> 5 & 1) * bit) << 32
    }

    public static func == (left: ShapeSets, right: ShapeSets) -> Bool { left.pairs == right.pairs }
}
