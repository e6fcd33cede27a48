/// What requests see of the difference between two tables.
package struct TableDiff: Sendable {
    /// In what way a rule differs.
    package enum Kind: String, Sendable {
        case added, removed, retargeted, rewritten
        /// The rule is as it was, but its request goes to another one now.
        case moved
        case middlewareLost = "middleware-lost"
        case middlewareGained = "middleware-gained"
        case middlewareOrder = "middleware-order"
    }

    /// A rule of one table, or of both.
    package struct Change: Sendable {
        /// At least one.
        package var kinds: [Kind]
        /// Host, pattern and conditions.
        package var rule: String
        package var name: String?
        /// Nil for an added rule.
        package var oldPlace: Explanation.Place?
        /// Nil for a removed rule.
        package var newPlace: Explanation.Place?
        /// What changed, in sentences.
        package var details: [String]
        /// Middlewares that ran for the witness or the rule and do not any more.
        package var lost: [String]
        package var gained: [String]
        package var witness: Witness
        /// Where the witness goes by the old table; nil without a witness.
        package var oldWay: String?
        package var newWay: String?
    }

    /// A service of the same name that is not the same.
    package struct ServiceChange: Equatable, Sendable {
        package var name: String
        package var old: String
        package var new: String
    }

    /// A middleware of the same name that was told something else.
    package struct MiddlewareChange: Equatable, Sendable {
        package var name: String
        /// How many rules of both tables run it.
        package var ruleCount: Int
    }

    /// Changed and removed rules in the order of the old table, then added ones in that of the new.
    package let changes: [Change]
    package let services: [ServiceChange]
    package let middlewares: [MiddlewareChange]
    package let settings: [SettingChange]

    /// Compares rules by host, port, pattern and conditions, and asks both matchers about a request of
    /// each.
    ///
    /// - Complexity: O(*n*) matches for *n* rules, some hundred for each rule that no request reaches.
    package init(from old: borrowing LoadedTable, to new: borrowing LoadedTable) {
        var comparison = RuleComparison(from: old, to: new)
        changes = comparison.changes(from: old, to: new)
        services = Self.serviceChanges(from: old.services(), to: new.services())
        settings = Self.settingChanges(from: old, to: new)
        let toldNew = new.middlewareContents()
        middlewares = old.middlewareContents().compactMap { name, content in
            guard let other = toldNew.first(where: { $0.name == name }), other.content != content
            else { return nil }
            return MiddlewareChange(name: name, ruleCount: comparison.ruleCount(running: name))
        }
    }

    package var isEmpty: Bool {
        changes.isEmpty && services.isEmpty && middlewares.isEmpty && settings.isEmpty
    }

    /// Whether a request or a rule runs without a middleware that it had.
    package var losesMiddleware: Bool { changes.contains { !$0.lost.isEmpty } }

    private static func serviceChanges(
        from old: [ServiceDescription], to new: [ServiceDescription]
    ) -> [ServiceChange] {
        old.compactMap { service in
            guard let other = new.first(where: { $0.name == service.name }), other != service
            else { return nil }
            let texts = [service, other].map { service in
                service.endpoints.map {
                    $0.text + $0.basePath + ($0.weight == 1 ? "" : " (weight \($0.weight))")
                }.joined(separator: ", ")
            }
            guard texts[0] == texts[1] else {
                return ServiceChange(name: service.name, old: texts[0], new: texts[1])
            }
            return ServiceChange(
                name: service.name, old: texts[0], new: "\(texts[1]) with other settings")
        }
    }
}
