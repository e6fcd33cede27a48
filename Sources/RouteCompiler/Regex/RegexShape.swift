import TableFormat

/// A segment pattern that every path has which a regex matches.
///
/// Often the regex says no more than that: then it is lowered to it (`exact`).
struct RegexShape {
    var segments: [LoweredSegment] = []
    var tail = TailKind.open
    /// The pattern matches exactly the canonical paths that the regex matches.
    var isExact = true
    /// Where the named groups stand, if all of them are whole segments or the rest.
    var captures: [(name: String, kind: PieceKind, value: Int)] = []

    private var text: [UInt8] = []
    /// The current segment has a part that is not literal.
    private var isOpen = false
    /// Text of the current segment before its first and after its last open part.
    private var prefix: [UInt8] = []
    private var wildcardOnly = false
    /// A named group stands for the current segment.
    private var isCaptured = false

    private static let slash = UInt8(ascii: "/")
    /// The bytes that canonical paths have, but for the slash.
    private static let segmentBytes: ByteSet = {
        var set = ByteSet()
        for byte in UInt8(0x21)...0x7E {
            switch byte {
            case UInt8(ascii: "/"), UInt8(ascii: "\\"), UInt8(ascii: "#"), UInt8(ascii: "?"): break
            default: set.insert(byte)
            }
        }
        return set
    }()

    /// - Returns: nil where nothing is known: the regex is not anchored at a slash.
    init?(_ items: RegexItems, isExact: Bool) {
        guard items.isAnchoredAtStart, items.items.first == .byte(Self.slash) else { return nil }
        self.isExact = isExact
        var rest = items.items.dropFirst()
        while let item = rest.first {
            rest = rest.dropFirst()
            switch item {
            case .byte(Self.slash):
                closeSegment()
                if segments.count >= TableLimits.segmentCountMax - 1 { return nil }
            case .byte(let byte): text.append(byte)
            case .node(let node):
                if node.canContain(Self.slash) {
                    finishOpen(
                        with: node, endsRegex: rest.isEmpty, isAnchored: items.isAnchoredAtEnd)
                    return
                }
                add(node)
            }
        }
        if items.isAnchoredAtEnd {
            closeSegment()
            tail = .end
        } else {
            // Whatever follows, in this segment and after it.
            text = isOpen ? [] : text
            if isOpen { self.isExact = false }
            openSegment()
            text = []
            closeSegment()
        }
    }

    private mutating func openSegment() {
        if !isOpen {
            prefix = text
            isOpen = true
        }
        text = []
    }

    private mutating func closeSegment() {
        defer {
            text = []
            prefix = []
            isOpen = false
            wildcardOnly = false
            isCaptured = false
        }
        guard isOpen else { return segments.append(.literal(text)) }
        if prefix.isEmpty && text.isEmpty {
            return segments.append(wildcardOnly ? .wildcard : .anything)
        }
        if wildcardOnly || isCaptured { isExact = false }
        if prefix.contains(UInt8(ascii: "*")) || text.contains(UInt8(ascii: "*")) {
            isExact = false
        }
        segments.append(.glob(prefix: prefix, suffix: text))
    }

    /// A part of a segment that is not literal and has no slash.
    private mutating func add(_ node: RegexNode) {
        var inner = node
        if case .capture(let captured, let name) = node {
            inner = captured
            if let name { captures.append((name, .segment, segments.count)) }
            if !text.isEmpty || isOpen { isExact = false }
            isCaptured = true
        }
        let isFirstPart = !isOpen
        let wasEmpty = text.isEmpty
        openSegment()
        switch inner {
        case .repeated(.set(let set), 0, nil) where set.isSuperset(of: Self.segmentBytes):
            if !isFirstPart { isExact = false }
        case .repeated(.set(let set), 1, nil) where set.isSuperset(of: Self.segmentBytes):
            if isFirstPart && wasEmpty { wildcardOnly = true } else { isExact = false }
        default:
            isExact = false
        }
    }

    /// A part that may go on into further segments: nothing behind it is known.
    private mutating func finishOpen(
        with node: RegexNode, endsRegex: Bool, isAnchored: Bool
    ) {
        if endsRegex, isAnchored, !isOpen, case .repeated(let group, 0, 1) = node,
            isSlashAndRest(group)
        {
            // `/static(/.*)?$`: the path itself and everything below.
            closeSegment()
            return
        }
        var inner = node
        if case .capture(let captured, let name) = node {
            inner = captured
            if let name { captures.append((name, .rest, segments.count)) }
            if !text.isEmpty || isOpen { isExact = false }
        }
        let wasOpen = isOpen
        openSegment()
        closeSegment()
        if case .repeated(.set(let set), 0, nil) = inner, endsRegex, !wasOpen,
            set.isSuperset(of: Self.segmentBytes), set.contains(Self.slash)
        {
            return
        }
        isExact = false
    }

    /// `/.*`
    private func isSlashAndRest(_ node: RegexNode) -> Bool {
        switch node {
        case .capture(let inner, nil): isSlashAndRest(inner)
        case .concatenation(let nodes):
            nodes.count == 2 && nodes[0] == .set(ByteSet(Self.slash))
                && isEverything(nodes[1])
        default: false
        }
    }

    private func isEverything(_ node: RegexNode) -> Bool {
        guard case .repeated(.set(let set), 0, nil) = node else { return false }
        return set.contains(Self.slash) && set.isSuperset(of: Self.segmentBytes)
    }
}
