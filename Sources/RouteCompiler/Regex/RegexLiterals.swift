import TableFormat

/// The texts that a subject must contain for a regex to match it.
struct RegexLiterals {
    /// The subject begins with it.
    var prefix: [UInt8] = []
    /// The subject ends with it.
    var suffix: [UInt8] = []
    /// The subject contains each of them.
    var inner: [[UInt8]] = []

    /// Shorter texts are found in most subjects and filter nothing.
    static let byteCountMin = 2

    init(_ items: RegexItems) {
        var runs: [[UInt8]] = [[]]
        for item in items.items {
            switch item {
            case .byte(let byte): runs[runs.count - 1].append(byte)
            case .node: runs.append([])
            }
        }
        if items.isAnchoredAtStart { prefix = Array((runs.first ?? []).prefix(Self.affixMax)) }
        if items.isAnchoredAtEnd { suffix = Array((runs.last ?? []).suffix(Self.affixMax)) }
        inner = runs.filter { $0.count >= Self.byteCountMin }
            .map { Array($0.prefix(TableLimits.literalBytesMax)) }
    }

    /// Longer ends add nothing.
    private static let affixMax = 64
}
