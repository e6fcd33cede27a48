import TableFormat

/// One end and one length: what an affix probe is made for.
struct AffixLength: Hashable, Comparable {
    let kind: AffixKind
    let byteCount: Int

    /// Longer first, prefixes before suffixes.
    static func < (left: AffixLength, right: AffixLength) -> Bool {
        left.byteCount == right.byteCount
            ? left.kind.rawValue < right.kind.rawValue : left.byteCount > right.byteCount
    }
}
