extension TableDiff {
    /// The differences for a terminal. Ends with a newline.
    package var text: String {
        if isEmpty { return remainder.text + "\n" + orderText }
        var text = ""
        for change in changes {
            text += Self.lines(of: change).map { TerminalText.safe($0) + "\n" }.joined()
        }
        for service in services {
            text += TerminalText.safe(
                "service \(service.name): \(service.old) → \(service.new)\n")
        }
        for middleware in middlewares {
            let rules = "\(middleware.ruleCount) \(middleware.ruleCount == 1 ? "rule" : "rules")"
            text += TerminalText.safe("middleware \(middleware.name): other settings, for \(rules)")
            text += "\n"
        }
        for setting in settings {
            text += TerminalText.safe("setting \(setting.name): \(setting.old) → \(setting.new)\n")
        }
        for alert in alerts {
            text += TerminalText.safe("alert \(alert.name): \(alert.old) → \(alert.new)\n")
        }
        let kinds: [Kind] = [
            .added, .removed, .retargeted, .rewritten, .moved, .middlewareLost, .middlewareGained,
            .middlewareOrder,
        ]
        let counts = kinds.compactMap { kind -> String? in
            let count = changes.count { $0.kinds.contains(kind) }
            return count == 0 ? nil : "\(count) \(kind.rawValue)"
        }
        let others = [
            (services.count, "service", "services"),
            (middlewares.count, "middleware", "middlewares"),
            (settings.count, "setting", "settings"),
            (alerts.count, "alert", "alerts"),
        ].compactMap { $0 == 0 ? nil : "\($0) \($0 == 1 ? $1 : $2) changed" }
        return text + orderText + "\n" + (counts + others).joined(separator: ", ") + "\n"
    }

    /// What another order of rules may do, as a line.
    private var orderText: String {
        guard remainder == .order else { return "" }
        return "rules stand in another order: requests that several of them match may go elsewhere"
            + (mayLoseMiddleware ? ", and past a middleware\n" : "\n")
    }

    private static func lines(of change: Change) -> [String] {
        let kinds = change.kinds.map(\.rawValue).joined(separator: ", ")
        let name = change.name.map { "\($0): " } ?? ""
        var places = [change.oldPlace?.text, change.newPlace?.text].compactMap { $0 }
        if places.count == 2, places[0] == places[1] { places.removeLast() }
        var lines = [
            "\(kinds): \(name)\(change.rule) (\(places.joined(separator: " → ")))"
        ]
        lines += change.details.map { "    \($0)" }
        if !change.lost.isEmpty { lines.append("    lost: \(change.lost.joined(separator: ", "))") }
        if !change.gained.isEmpty {
            lines.append("    gained: \(change.gained.joined(separator: ", "))")
        }
        switch change.witness {
        case .request(let request):
            let headers = request.headers.map { " -H '\($0.name): \($0.value)'" }.joined()
            let local = ClientAddress(ipv4: 0x7F00_0001)
            let client = request.client == local ? "" : " --client-ip \(request.client.text)"
            lines.append("    request: \(request.method) \(request.url)\(headers)\(client)")
            lines.append("      before: \(change.oldWay ?? "")")
            lines.append("      after:  \(change.newWay ?? "")")
        case .none(let reason): lines.append("    no request was found for it: \(reason)")
        }
        return lines
    }
}
