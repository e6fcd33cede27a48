import TableFormat

/// One way to find a pattern without looking at all the others.
enum Filing: Hashable {
    case exact([UInt8])
    case shape(FiledShape)
    case affix(AffixKind, [UInt8])
    /// Found by the automaton.
    case inner([UInt8])
    /// Looked at for each request of the host.
    case unfiltered

    /// Whether it keeps any request away.
    var isSelective: Bool {
        switch self {
        case .exact, .affix, .inner: true
        case .shape(let shape): shape.isSelective
        case .unfiltered: false
        }
    }
}
