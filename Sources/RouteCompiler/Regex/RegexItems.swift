/// A regex as a sequence: groups are opened, counted repetitions of one byte written out.
struct RegexItems {
    enum Item: Equatable {
        case byte(UInt8)
        case node(RegexNode)
    }

    var items: [Item] = []
    /// The regex matches at the start of the subject only.
    var isAnchoredAtStart = false
    /// It matches up to the end of the subject only.
    var isAnchoredAtEnd = false

    /// Repetitions beyond this stay unopened.
    private static let writtenRepeatMax = 16

    /// - Parameter isLowerCase: The subject has no upper-case letters, so a letter in both cases is one.
    init(_ root: RegexNode, isLowerCase: Bool = false) {
        append(root, isLowerCase)
        if items.first == .node(.start) {
            isAnchoredAtStart = true
            items.removeFirst()
        }
        if items.last == .node(.end) {
            isAnchoredAtEnd = true
            items.removeLast()
        }
    }

    private mutating func append(_ node: RegexNode, _ isLowerCase: Bool) {
        switch node {
        case .concatenation(let nodes):
            for node in nodes { append(node, isLowerCase) }
        case .capture(let inner, nil):
            append(inner, isLowerCase)
        case .capture(let inner, _):
            // A named group stays whole where lowering may want to see it as one segment.
            if Self.isPlain(inner) { append(inner, isLowerCase) } else { items.append(.node(node)) }
        case .set(let set):
            items.append(Self.byte(of: set, isLowerCase).map { .byte($0) } ?? .node(node))
        case .repeated(.set(let set), let min, let max)
        where min == max && min <= Self.writtenRepeatMax:
            for _ in 0..<min { append(.set(set), isLowerCase) }
        default:
            items.append(.node(node))
        }
    }

    private static func isPlain(_ node: RegexNode) -> Bool {
        switch node {
        case .set(let set): set.single != nil
        case .concatenation(let nodes): nodes.allSatisfy(isPlain)
        default: false
        }
    }

    private static func byte(of set: ByteSet, _ isLowerCase: Bool) -> UInt8? {
        if let byte = set.single { return byte }
        guard isLowerCase else { return nil }
        for letter in UInt8(ascii: "a")...UInt8(ascii: "z")
        where set == ByteSet(letter).ignoringCase { return letter }
        return nil
    }
}
