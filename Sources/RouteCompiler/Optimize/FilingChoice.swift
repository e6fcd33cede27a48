import TableFormat

/// Picks one filing for each pattern of a host: the one that the fewest others share.
///
/// Regexes of one host often share their start and differ at their end, or the other way round; the
/// rarer text keeps more requests away.
enum FilingChoice {
    /// One filing for each list, by position.
    static func choose(_ filings: [[Filing]]) -> [Filing] {
        let uses = uses(in: filings)
        let chosen = filings.map { list in
            var best = Filing.unfiltered
            var bestUses = Int.max
            for filing in list where filing.isSelective {
                let count = uses[filing] ?? 0
                if count < bestUses {
                    best = filing
                    bestUses = count
                }
            }
            // A shape without literals still tells paths by their number of segments.
            if bestUses == .max, let shape = list.first(where: { $0 != .unfiltered }) {
                return shape
            }
            return best
        }
        return limitAffixes(chosen)
    }

    /// How many patterns have each filing, of those that compete with another of the same pattern.
    private static func uses(in filings: [[Filing]]) -> [Filing: Int] {
        var uses: [Filing: Int] = [:]
        for list in filings where list.count(where: \.isSelective) > 1 {
            for filing in list where filing.isSelective { uses[filing] = 0 }
        }
        // Most hosts have no pattern that can be found in two ways.
        guard !uses.isEmpty else { return uses }
        for list in filings {
            for filing in list where filing.isSelective {
                if let count = uses[filing] { uses[filing] = count + 1 }
            }
        }
        return uses
    }

    /// Sends affixes of rare lengths to the automaton, so that their number stays bounded.
    private static func limitAffixes(_ filings: [Filing]) -> [Filing] {
        var uses: [AffixLength: Int] = [:]
        for filing in filings {
            if case .affix(let kind, let text) = filing {
                uses[AffixLength(kind: kind, byteCount: text.count), default: 0] += 1
            }
        }
        guard uses.count > TableLimits.affixCountMax else { return filings }
        let kept = Set(
            uses.sorted { left, right in
                left.value == right.value ? left.key < right.key : left.value > right.value
            }.prefix(TableLimits.affixCountMax).map(\.key))
        return filings.map { filing in
            guard case .affix(let kind, let text) = filing,
                !kept.contains(AffixLength(kind: kind, byteCount: text.count))
            else { return filing }
            return .inner(text)
        }
    }
}
