/// One segment of a segment pattern, in bytes.
enum LoweredSegment: Hashable {
    case literal([UInt8])
    /// `texts` around stars, at least two.
    case glob([[UInt8]])
    case wildcard
    /// May be empty. Comes from regexes only.
    case anything

    static func glob(prefix: [UInt8], suffix: [UInt8]) -> LoweredSegment {
        .glob([prefix, suffix])
    }

    /// The text before the first star and behind the last.
    var affixes: (prefix: [UInt8], suffix: [UInt8]) {
        guard case .glob(let texts) = self else { return ([], []) }
        return (texts.first ?? [], texts.last ?? [])
    }
}
