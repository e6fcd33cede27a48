/// What a regex says, as far as literals can be learned from it.
///
/// The language of a node contains all that PCRE2 matches there. ``RegexTree/isExact`` says whether it
/// contains nothing else.
indirect enum RegexNode: Equatable {
    case set(ByteSet)
    case concatenation([RegexNode])
    case alternation([RegexNode])
    case repeated(RegexNode, min: Int, max: Int?)
    /// A capturing group, with its name if it has one.
    case capture(RegexNode, name: String?)
    case start
    case end
    /// Matches at most the empty string: `\b`, look-around.
    case zeroWidth
    /// May match anything: a back-reference.
    case anything

    /// Whether some match of the node contains `byte`.
    func canContain(_ byte: UInt8) -> Bool {
        switch self {
        case .set(let set): set.contains(byte)
        case .concatenation(let nodes), .alternation(let nodes):
            nodes.contains { $0.canContain(byte) }
        case .repeated(let node, _, let max): max != 0 && node.canContain(byte)
        case .capture(let node, _): node.canContain(byte)
        case .start, .end, .zeroWidth: false
        case .anything: true
        }
    }

    /// The names of the groups inside.
    var captureNames: [String] {
        switch self {
        case .set, .start, .end, .zeroWidth, .anything: []
        case .concatenation(let nodes), .alternation(let nodes): nodes.flatMap(\.captureNames)
        case .repeated(let node, _, _): node.captureNames
        case .capture(let node, let name): (name.map { [$0] } ?? []) + node.captureNames
        }
    }
}
