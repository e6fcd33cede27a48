/// One step of a regex that needs no way back: it is walked from the start of the subject, and the next byte alone
/// tells which way to go. The steps of a regex follow each other; the last one is an `end` or a `match`.
public struct RegexStepRecord: TableRecord, Equatable {
    @inlinable public static var byteCount: Int { 8 }
    /// Most bytes of one literal; longer ones are several steps.
    @inlinable public static var literalBytesMax: Int { 6 }
    /// Stands for any number of bytes.
    @inlinable public static var unbounded: UInt16 { .max }

    /// ``RegexStepKind``.
    public var kind: UInt8
    /// Number of bytes of a literal.
    public var literalByteCount: UInt8
    /// The bytes of a literal, the first one lowest.
    public var literal: UInt64
    /// The set, an index into the sets of bytes.
    @inlinable public var set: UInt16 { UInt16(truncatingIfNeeded: literal) }
    /// How many steps are left out, or how many to go back.
    @inlinable public var distance: UInt16 { UInt16(truncatingIfNeeded: literal >> 16) }
    /// Fewest bytes of the set.
    @inlinable public var countMin: UInt16 { UInt16(truncatingIfNeeded: literal >> 16) }
    /// Most bytes of the set.
    @inlinable public var countMax: UInt16 { UInt16(truncatingIfNeeded: literal >> 32) }

    /// All fields zero.
    @inlinable public init() {
        self.kind = 0
        self.literalByteCount = 0
        self.literal = 0
    }

    /// An `end` or a `match`.
    public init(_ kind: RegexStepKind) {
        self.init()
        self.kind = kind.rawValue
    }

    /// A literal of at most ``literalBytesMax`` bytes.
    public init(literal bytes: some Collection<UInt8>) {
        self.init(.literal)
        precondition(bytes.count <= Self.literalBytesMax, "a literal is longer than a step")
        literalByteCount = UInt8(bytes.count)
        for byte in bytes.reversed() { literal = literal << 8 | UInt64(byte) }
    }

    /// Bytes of a set.
    public init(set: UInt16, countMin: UInt16, countMax: UInt16) {
        self.init(.set)
        literal = UInt64(set) | UInt64(countMin) << 16 | UInt64(countMax) << 32
    }

    /// A choice by the next byte.
    public init(choose set: UInt16, distance: UInt16) {
        self.init(.choose)
        literal = UInt64(set) | UInt64(distance) << 16
    }

    /// A way forward (`skip`) or back (`again`).
    public init(_ kind: RegexStepKind, distance: UInt16) {
        self.init(kind)
        literal = UInt64(distance) << 16
    }

    @inlinable @inline(__always)
    public init(reading bytes: RecordBytes) {
        let word = bytes.uint64(at: 0)
        self.kind = UInt8(truncatingIfNeeded: word)
        self.literalByteCount = UInt8(truncatingIfNeeded: word >> 8)
        self.literal = word >> 16
    }

    @inlinable public func write(to bytes: inout RecordBuffer) {
        bytes.put(UInt64(kind) | UInt64(literalByteCount) << 8 | literal << 16, at: 0)
    }
}
