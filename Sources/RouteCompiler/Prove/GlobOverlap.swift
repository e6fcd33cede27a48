/// How the segments of two patterns lie to each other.
enum GlobOverlap {
    /// Whether some segment is as both want it. Texts between stars never keep two apart: they can be put one
    /// behind the other.
    static func meet(_ left: LoweredSegment, _ right: LoweredSegment) -> Bool {
        guard case .glob = left, case .glob = right else { return true }
        let (first, second) = (left.affixes, right.affixes)
        return begin(alike: first.prefix, second.prefix)
            && begin(alike: first.suffix.reversed(), second.suffix.reversed())
    }

    private static func begin(alike left: [UInt8], _ right: [UInt8]) -> Bool {
        left.starts(with: right) || right.starts(with: left)
    }

    /// Whether every path of `inner` is one of `outer`, which has the same kinds of segments.
    static func contains(_ outer: [LoweredSegment], _ inner: [LoweredSegment]) -> Bool {
        zip(outer, inner).allSatisfy { wide, narrow in
            guard case .glob(let wideTexts) = wide, case .glob(let narrowTexts) = narrow else {
                return true
            }
            // No pattern has the byte 0, so it stands for whatever the stars of the narrow one take.
            return GlobText.matches(wideTexts, Array(narrowTexts.joined(separator: [0])))
        }
    }
}
