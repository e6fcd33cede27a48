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

    /// A service that is not the same in both tables, or only in one: `none` in the other.
    package struct ServiceChange: Equatable, Sendable {
        package var name: String
        package var old: String
        package var new: String

        package init(name: String, old: String, new: String) {
            self.name = name
            self.old = old
            self.new = new
        }
    }

    /// An alert that is not the same in both tables, or only in one: `none` in the other.
    package struct AlertChange: Equatable, Sendable {
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
    package let alerts: [AlertChange]
    /// What is left where nothing else differs, but the digests; another order of rules also where something does.
    package let remainder: Remainder
    /// Whether a request may run without a middleware that it had because rules stand in another order.
    package let mayLoseMiddleware: Bool

    /// Compares rules by host, port, pattern and conditions, and asks both matchers about a request of
    /// each.
    ///
    /// - Complexity: O(*n*) matches for *n* rules, some hundred for each rule that no request reaches.
    package init(from old: borrowing LoadedTable, to new: borrowing LoadedTable) {
        var comparison = RuleComparison(from: old, to: new)
        changes = comparison.changes(from: old, to: new)
        services = Self.serviceChanges(from: old, to: new)
        settings = Self.settingChanges(from: old, to: new)
        alerts = Self.alertChanges(from: old.alerts(), to: new.alerts())
        let toldNew = new.middlewareContents()
        middlewares = old.middlewareContents().compactMap { name, content in
            guard let other = toldNew.first(where: { $0.name == name }), other.content != content
            else { return nil }
            return MiddlewareChange(name: name, ruleCount: comparison.ruleCount(running: name))
        }
        let isFound =
            !(changes.isEmpty && services.isEmpty && settings.isEmpty && alerts.isEmpty
            && middlewares.isEmpty)
        let reordered = comparison.reorderedMiddlewares()
        mayLoseMiddleware = reordered.count > 1
        if reordered.isEmpty {
            remainder = isFound ? .nothing : Remainder(from: old, to: new)
        } else {
            remainder = .order
        }
    }

    /// Whether nothing differs that requests or people who are alerted see, unless ``remainder`` is another order.
    package var isEmpty: Bool {
        changes.isEmpty && services.isEmpty && middlewares.isEmpty && settings.isEmpty
            && alerts.isEmpty
    }

    /// Whether a request or a rule runs without a middleware that it had.
    package var losesMiddleware: Bool { changes.contains { !$0.lost.isEmpty } }
}
