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

extension Filing {
    /// One number a text: hashing byte by byte is what compiling would mostly do.
    func hash(into hasher: inout Hasher) {
        switch self {
        case .exact(let path):
            hasher.combine(0)
            hasher.combine(TableHash.bytes(path, seed: 0))
        case .shape(let shape):
            hasher.combine(1)
            hasher.combine(shape)
        case .affix(let kind, let text):
            hasher.combine(2)
            hasher.combine(kind)
            hasher.combine(TableHash.bytes(text, seed: 0))
        case .inner(let text):
            hasher.combine(3)
            hasher.combine(TableHash.bytes(text, seed: 0))
        case .unfiltered: hasher.combine(4)
        }
    }
}
