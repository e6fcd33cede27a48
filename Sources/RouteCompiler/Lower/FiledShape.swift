import TableFormat

/// What all paths of a segment pattern have in common, as a key of its shape. A class, because filings
/// are handed from list to list.
final class FiledShape {
    /// The lengths alone: patterns with the same signature share a shape.
    struct Signature: Hashable {
        let literalSegments: UInt64
        let segmentCount: Int
        let tail: TailKind
        let affixSegment: Int?
        let prefixByteCount: Int
        let suffixByteCount: Int
    }

    /// By position; nil where a segment is not literal.
    let literals: [[UInt8]?]
    let tail: TailKind
    let affixSegment: Int?
    let prefix: [UInt8]
    let suffix: [UInt8]
    /// The sum of its hashes for the first seed, which tells nearly all shapes apart.
    private let hash: UInt64

    /// Longer ends add nothing.
    private static let affixMax = 64

    init(_ segments: [LoweredSegment], tail: TailKind) {
        literals = segments.map { segment in
            if case .literal(let text) = segment { return text }
            return nil
        }
        self.tail = tail
        var best: (position: Int, prefix: [UInt8], suffix: [UInt8])?
        for (position, segment) in segments.enumerated() {
            let (prefix, suffix) = segment.affixes
            let byteCount = prefix.count + suffix.count
            guard byteCount > (best.map { $0.prefix.count + $0.suffix.count } ?? 0) else {
                continue
            }
            best = (
                position, Array(prefix.prefix(Self.affixMax)), Array(suffix.suffix(Self.affixMax))
            )
        }
        affixSegment = best?.position
        prefix = best?.prefix ?? []
        suffix = best?.suffix ?? []
        hash = Self.keySum(literals, affixSegment, prefix, suffix, textSeed: 0)
    }

    var signature: Signature {
        var mask: UInt64 = 0
        for (position, literal) in literals.enumerated() where literal != nil {
            mask |= 1 << position
        }
        return Signature(
            literalSegments: mask, segmentCount: literals.count, tail: tail,
            affixSegment: affixSegment, prefixByteCount: prefix.count,
            suffixByteCount: suffix.count)
    }

    var isSelective: Bool { affixSegment != nil || literals.contains { $0 != nil } }

    /// The sum of the hashes that make the key.
    func keySum(textSeed: UInt64) -> UInt64 {
        textSeed == 0
            ? hash : Self.keySum(literals, affixSegment, prefix, suffix, textSeed: textSeed)
    }

    private static func keySum(
        _ literals: [[UInt8]?], _ affixSegment: Int?, _ prefix: [UInt8], _ suffix: [UInt8],
        textSeed: UInt64
    ) -> UInt64 {
        var sum: UInt64 = 0
        for (position, literal) in literals.enumerated() {
            guard let literal else { continue }
            sum &+= TableHash.segment(literal, at: position, seed: textSeed)
        }
        if affixSegment != nil {
            sum &+= TableHash.segment(prefix, at: TableHash.prefixPosition, seed: textSeed)
            sum &+= TableHash.segment(suffix, at: TableHash.suffixPosition, seed: textSeed)
        }
        return sum
    }
}

extension FiledShape: Hashable {
    static func == (left: FiledShape, right: FiledShape) -> Bool {
        left === right
            || (left.hash == right.hash && left.tail == right.tail
                && left.affixSegment == right.affixSegment && left.literals == right.literals
                && left.prefix == right.prefix && left.suffix == right.suffix)
    }

    func hash(into hasher: inout Hasher) {
        hasher.combine(hash)
        hasher.combine(literals.count)
        hasher.combine(tail)
    }
}
