/// The work of comparing the rules of two tables.
struct RuleComparison: ~Copyable {
    private var oldFinder: WitnessFinder
    private var newFinder: WitnessFinder
    private let oldRules: [ComparedRule]
    private let newRules: [ComparedRule]
    /// Those of both tables, in the order of the old one.
    private let pairs: [(old: Int, new: Int)]

    init(from old: borrowing LoadedTable, to new: borrowing LoadedTable) {
        oldFinder = WitnessFinder(for: old)
        newFinder = WitnessFinder(for: new)
        oldRules = ComparedRule.all(of: old)
        newRules = ComparedRule.all(of: new)
        pairs = Self.pairs(of: oldRules, with: newRules)
    }

    /// Rules of the same key, which priorities may tell apart, are paired in their order.
    private static func pairs(
        of oldRules: [ComparedRule], with newRules: [ComparedRule]
    ) -> [(old: Int, new: Int)] {
        var partners: [String: [Int]] = [:]
        for (index, rule) in newRules.enumerated().reversed() {
            partners[rule.key, default: []].append(index)
        }
        return oldRules.indices.compactMap { index in
            partners[oldRules[index].key]?.popLast().map { (old: index, new: $0) }
        }
    }

    mutating func changes(
        from old: borrowing LoadedTable, to new: borrowing LoadedTable
    ) -> [TableDiff.Change] {
        let partners = Dictionary(uniqueKeysWithValues: pairs.map { ($0.old, $0.new) })
        var isPaired = [Bool](repeating: false, count: newRules.count)
        var changes: [TableDiff.Change] = []
        for (place, rule) in oldRules.enumerated() {
            if let index = partners[place] {
                isPaired[index] = true
                let change = change(of: rule, to: newRules[index], from: old, to: new)
                if let change { changes.append(change) }
            } else {
                let witness = oldFinder.witness(of: rule.id, in: old)
                changes.append(
                    Self.change(.removed, old: rule, new: nil, witness, from: old, to: new))
            }
        }
        for (index, rule) in newRules.enumerated() where !isPaired[index] {
            let witness = newFinder.witness(of: rule.id, in: new)
            changes.append(
                Self.change(.added, old: nil, new: rule, witness, from: old, to: new))
        }
        return changes
    }

    /// How many rules run a middleware in both tables.
    func ruleCount(running middleware: String) -> Int {
        let before = Set(oldRules.filter { $0.middlewares.contains(middleware) }.map(\.key))
        return newRules.count { before.contains($0.key) && $0.middlewares.contains(middleware) }
    }

    /// The middlewares, sorted, of each rule of the hosts whose rules stand in another order; none if they do not.
    func reorderedMiddlewares() -> Set<[String]> {
        let before = RuleOrder(of: pairs.map { (number: $0.old, rule: oldRules[$0.old]) })
        let after = RuleOrder(
            of: pairs.sorted { $0.new < $1.new }.map { (number: $0.old, rule: newRules[$0.new]) })
        let hosts = after.hosts(differingFrom: before)
        guard !hosts.isEmpty else { return [] }
        return Set(
            pairs.compactMap { pair in
                let rule = newRules[pair.new]
                return hosts.contains(rule.host) ? rule.middlewares.sorted() : nil
            })
    }

    /// How a rule that both tables have differs; nil if it does not.
    private mutating func change(
        of oldRule: ComparedRule, to newRule: ComparedRule, from old: borrowing LoadedTable,
        to new: borrowing LoadedTable
    ) -> TableDiff.Change? {
        var kinds: [TableDiff.Kind] = []
        var details: [String] = []
        if oldRule.destination != newRule.destination {
            kinds.append(.retargeted)
            details.append("\(oldRule.destination) → \(newRule.destination)")
        }
        if oldRule.rewrite != newRule.rewrite {
            kinds.append(.rewritten)
            let texts = [oldRule.rewrite, newRule.rewrite].map { $0.isEmpty ? "none" : $0 }
            details.append("rewrite \(texts[0]) → \(texts[1])")
        }
        var witness = oldFinder.witness(of: oldRule.id, in: old)
        if let request = witness.request,
            newFinder.rule(taking: request, in: new) != newRule.id
        {
            kinds.append(.moved)
        } else if witness.request == nil {
            let other = newFinder.witness(of: newRule.id, in: new)
            if other.request != nil {
                witness = other
                kinds.append(.moved)
            }
        }
        if oldRule.middlewares != newRule.middlewares,
            oldRule.middlewares.sorted() == newRule.middlewares.sorted()
        {
            kinds.append(.middlewareOrder)
            details.append("middlewares run in another order")
        }
        if kinds.isEmpty, oldRule.middlewares == newRule.middlewares { return nil }
        return Self.make(
            kinds, old: oldRule, new: newRule, details, witness, from: old, to: new)
    }

    private static func change(
        _ kind: TableDiff.Kind, old oldRule: ComparedRule?, new newRule: ComparedRule?,
        _ witness: Witness, from old: borrowing LoadedTable, to new: borrowing LoadedTable
    ) -> TableDiff.Change {
        let rule = oldRule ?? newRule
        let rewrite = rule.map { $0.rewrite.isEmpty ? "" : ", \($0.rewrite)" } ?? ""
        return make(
            [kind], old: oldRule, new: newRule, [(rule?.destination ?? "") + rewrite], witness,
            from: old, to: new)
    }

    /// Middlewares are compared as the witness meets them, and for a rule of both tables also as it lists
    /// them. A request that the new table does not serve loses nothing.
    private static func make(
        _ kinds: [TableDiff.Kind], old oldRule: ComparedRule?, new newRule: ComparedRule?,
        _ details: [String], _ witness: Witness, from old: borrowing LoadedTable,
        to new: borrowing LoadedTable
    ) -> TableDiff.Change {
        var lost: [String] = []
        var gained: [String] = []
        func note(_ before: [String], _ after: [String]) {
            lost += before.filter { !after.contains($0) && !lost.contains($0) }
            gained += after.filter { !before.contains($0) && !gained.contains($0) }
        }
        if let oldRule, let newRule { note(oldRule.middlewares, newRule.middlewares) }
        var ways: (old: String, new: String)?
        if let request = witness.request {
            let before = Explainer.explain(request, in: old, listsCandidates: false)
            let after = Explainer.explain(request, in: new, listsCandidates: false)
            ways = (before.wayText, after.wayText)
            if before.isServed, after.isServed { note(before.middlewares, after.middlewares) }
        }
        return TableDiff.Change(
            kinds: kinds + (lost.isEmpty ? [] : [.middlewareLost])
                + (gained.isEmpty ? [] : [.middlewareGained]),
            rule: (newRule ?? oldRule)?.text ?? "", name: (newRule ?? oldRule)?.name,
            oldPlace: oldRule?.place, newPlace: newRule?.place, details: details, lost: lost,
            gained: gained, witness: witness, oldWay: ways?.old, newWay: ways?.new)
    }
}

extension Explanation {
    /// Whether a rule answers the request.
    fileprivate var isServed: Bool { service != nil || route != nil }
}
