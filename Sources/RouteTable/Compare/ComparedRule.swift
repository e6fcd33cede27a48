import TableFormat

/// What two tables are compared by: one rule, decoded.
struct ComparedRule {
    var id: RuleID
    /// What makes it the same rule in another table: host, port, pattern and conditions.
    var key: String
    /// For people: `*.example.com:8080 /ws/* [protocol websocket]`.
    var text: String
    /// Pattern and port.
    var host: String
    /// Nil for the target of a host.
    var pattern: String?
    var name: String?
    var place: Explanation.Place
    /// Where requests end: services, a redirect or an answer.
    var destination: String
    var rewrite: String
    var middlewares: [String]

    /// All rules of a table: hosts in its order, the routes of each in order of precedence, then its
    /// target.
    static func all(of table: borrowing LoadedTable) -> [ComparedRule] {
        var rules: [ComparedRule] = []
        for hostIndex in 0..<table.hostCount {
            let host = table.hostDescription(hostIndex)
            let hostText = host.pattern + (host.port.map { ":\($0)" } ?? "")
            for index in host.routes {
                let route = table.routeDescription(index)
                rules.append(
                    ComparedRule(
                        RuleID(host: hostIndex, route: index), route, hostText: hostText))
            }
            guard let target = host.target else { continue }
            rules.append(
                ComparedRule(
                    id: RuleID(host: hostIndex, route: nil), key: hostText + "\ntarget",
                    text: "\(hostText) target", host: hostText, pattern: nil, name: nil,
                    place: host.place, destination: "to \(target)", rewrite: "",
                    middlewares: host.middlewares))
        }
        return rules
    }

    private init(_ id: RuleID, _ route: RouteDescription, hostText: String) {
        let conditions = route.conditions.map(\.text)
        self.id = id
        key = ([hostText, "route", route.pattern] + conditions.sorted()).joined(separator: "\n")
        text =
            "\(hostText) \(route.pattern)"
            + (conditions.isEmpty ? "" : " [\(conditions.joined(separator: ", "))]")
        host = hostText
        pattern = route.pattern
        name = route.name
        place = route.place
        middlewares = route.middlewares
        rewrite = ""
        switch route.action {
        case .forward(let targets, let change):
            destination = ActionDescription.forward(targets, nil).text
            if let change {
                let parts = [
                    change.path.map { "path \($0)" },
                    change.stripPrefix.map { "without \($0)" },
                    change.addPrefix.map { "behind \($0)" },
                ]
                rewrite = parts.compactMap { $0 }.joined(separator: ", ")
            }
        case .redirect: destination = route.action.text
        case .respond(_, _, let body): destination = "\(route.action.text): \(body)"
        }
    }

    private init(
        id: RuleID, key: String, text: String, host: String, pattern: String?, name: String?,
        place: Explanation.Place, destination: String, rewrite: String, middlewares: [String]
    ) {
        self.id = id
        self.key = key
        self.text = text
        self.host = host
        self.pattern = pattern
        self.name = name
        self.place = place
        self.destination = destination
        self.rewrite = rewrite
        self.middlewares = middlewares
    }
}
