import Diagnostics
import RouteSyntax

extension ConfigurationDecoder {
    /// Most address ranges of one condition, as in the table's format.
    private static let addressCountMax = 1_024

    mutating func decodeMatch(_ node: Node) -> MatchConditions {
        var conditions = MatchConditions()
        guard let fields = fields(of: node, in: .match) else { return conditions }
        if let node = fields["protocol"] {
            let kinds: KeyValuePairs<String, MatchConditions.RequestKind> = [
                "websocket": .webSocket, "sse": .sse, "http": .http,
            ]
            conditions.requestKind = word(node, "protocol", kinds)
        }
        if let node = fields["methods"] {
            conditions.methods = methods(node, "methods")
            if case .sequence(let items) = node.kind, items.isEmpty {
                sink.error(
                    .emptyValue, at: node.range, "`methods` is empty, so nothing would match")
            }
        }
        conditions.headers = fields["headers"].map { valueConditions($0, "headers") } ?? []
        conditions.query = fields["query"].map { valueConditions($0, "query") } ?? []
        conditions.cookies = fields["cookies"].map { valueConditions($0, "cookies") } ?? []
        if let node = fields["client_ip"] {
            conditions.clientAddresses = addressRanges(node, "client_ip")
            if case .sequence(let items) = node.kind, items.count > Self.addressCountMax {
                let limit = Self.addressCountMax
                sink.error(
                    .outOfRange, at: node.range,
                    "`client_ip` has \(items.count) ranges; at most \(limit) are allowed, "
                        + "because each request goes through them",
                    suggestion: "join neighbouring ranges into shorter prefixes")
            }
            if case .sequence(let items) = node.kind, items.isEmpty {
                sink.error(
                    .emptyValue, at: node.range, "`client_ip` is empty, so nothing would match")
            }
        }
        return conditions
    }

    private mutating func valueConditions(
        _ node: Node, _ key: String
    ) -> [MatchConditions.ValueCondition] {
        guard case .mapping(let entries) = node.kind else {
            wrongType(node, "`\(key)` must be a map of names and values")
            return []
        }
        var conditions: [MatchConditions.ValueCondition] = []
        var places: [String: SourceRange] = [:]
        for entry in entries {
            guard let name = conditionName(entry, key) else { continue }
            if let earlier = places[name] {
                sink.error(
                    .duplicateCondition, at: entry.keyRange,
                    "there is a condition for the header `\(name)` already; case does not count",
                    notes: [.init(range: earlier, message: "first given here")])
                continue
            }
            places[name] = entry.keyRange
            guard let test = valueTest(entry.value, entry.key.text) else { continue }
            conditions.append(.init(name: name, test: test))
        }
        return conditions
    }

    private mutating func conditionName(_ entry: Node.Entry, _ key: String) -> String? {
        let name = entry.key.text
        if key == "query" {
            guard name.isEmpty else { return name }
            sink.error(.emptyValue, at: entry.keyRange, "the name of a query parameter is empty")
            return nil
        }
        guard HeaderText.isToken(name) else {
            let kind = key == "headers" ? "header" : "cookie"
            sink.error(
                .invalidHeader, at: entry.keyRange, "`\(name)` can't be the name of a \(kind)")
            return nil
        }
        return key == "headers" ? HostText.lowercased(name) : name
    }

    private mutating func valueTest(_ node: Node, _ key: String) -> MatchConditions.ValueTest? {
        guard let text = text(node, key, allowsEmpty: true) else { return nil }
        guard let (source, ignoresCase) = RegexText.split(text) else { return .equals(text) }
        let names = checkRegex(
            source, ignoresCase: ignoresCase, in: node, skipping: markByteCount(text))
        return names.map { _ in .regex(source: source, ignoresCase: ignoresCase) }
    }
}
