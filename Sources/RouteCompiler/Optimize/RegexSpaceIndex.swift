import TableFormat

/// The regexes of one subject, filed under what they require.
struct RegexSpaceIndex {
    struct Entry {
        var text: [UInt8]
        var candidates: [UInt32]
    }

    /// By length, longest first.
    var affixes: [(length: AffixLength, entries: [Entry])] = []
    var inner: [Entry] = []
    var unfiltered: [UInt32] = []

    var isEmpty: Bool { affixes.isEmpty && inner.isEmpty && unfiltered.isEmpty }

    /// - Parameter filed: Candidates in ascending order, each with its filing. Others than affixes,
    ///   inner texts and unfiltered ones are passed over.
    init(_ filed: [(candidate: UInt32, filing: Filing)]) {
        var affixPlaces: [Filing: (Int, Int)] = [:]
        var innerPlaces: [[UInt8]: Int] = [:]
        var lengths: [AffixLength] = []
        for (_, filing) in filed {
            guard case .affix(let kind, let text) = filing else { continue }
            let length = AffixLength(kind: kind, byteCount: text.count)
            if !lengths.contains(length) { lengths.append(length) }
        }
        affixes = lengths.sorted().map { ($0, []) }
        for (candidate, filing) in filed {
            switch filing {
            case .affix(let kind, let text):
                if let (group, place) = affixPlaces[filing] {
                    affixes[group].entries[place].candidates.append(candidate)
                    continue
                }
                let length = AffixLength(kind: kind, byteCount: text.count)
                guard let group = affixes.firstIndex(where: { $0.length == length }) else {
                    continue
                }
                affixPlaces[filing] = (group, affixes[group].entries.count)
                affixes[group].entries.append(Entry(text: text, candidates: [candidate]))
            case .inner(let text):
                if let place = innerPlaces[text] {
                    inner[place].candidates.append(candidate)
                } else {
                    innerPlaces[text] = inner.count
                    inner.append(Entry(text: text, candidates: [candidate]))
                }
            case .unfiltered: unfiltered.append(candidate)
            case .exact, .shape: continue
            }
        }
    }
}
