import TableFormat

extension Explainer {
    /// Adds every host rule that is for the name of the request, best first, and why it won or lost.
    ///
    /// - Complexity: linear in the number of host rules.
    static func addHostCandidates(
        to explanation: inout Explanation, _ matcher: inout Matcher, in table: borrowing LoadedTable
    ) {
        let name = matcher.canonicalHost().string
        let port = explanation.request.listenerPort
        let winner = matcher.hostRuleIndex()
        var found: [(rank: HostRank, index: Int, host: HostDescription)] = []
        for index in 0..<table.recordCount(of: .hosts) {
            let record: HostRecord = table.record(index, of: .hosts)
            let host = table.hostDescription(index)
            guard let rank = rank(of: record, host, for: name, &matcher, in: table) else {
                continue
            }
            found.append((HostRank(rank: rank, port: host.port, index: index), index, host))
        }
        found.sort { $0.rank < $1.rank }
        let best = found.first { $0.index == winner }
        for (rank, index, host) in found {
            let reason: String
            if index == winner {
                reason = "keeps the request"
            } else if let wanted = host.port, wanted != port {
                reason = "is only for requests that come in on port \(wanted)"
            } else if let best {
                reason = "\(best.host.pattern) comes first: it \(best.rank.advantage(over: rank))"
            } else {
                explanation.isListingAtOdds = true
                reason = "would keep the request, by its pattern"
            }
            explanation.hostCandidates.append(
                Explanation.HostCandidate(
                    pattern: host.pattern, port: host.port, place: host.place,
                    isMatch: host.port == nil || host.port == port, reason: reason))
        }
    }

    /// How specific the rule is, the lowest first; nil if it is not for `name`.
    private static func rank(
        of record: HostRecord, _ host: HostDescription, for name: String, _ matcher: inout Matcher,
        in table: borrowing LoadedTable
    ) -> HostRank.Specificity? {
        let pattern = canonical(host.pattern)
        switch HostKind(rawValue: record.kind) {
        case .exact: return pattern == name ? .exact : nil
        case .wildcard:
            return name.hasSuffix(pattern.dropFirst())
                ? .wildcard(byteCount: pattern.utf8.count - 1, takesApex: false) : nil
        case .wildcardWithApex:
            if name == pattern.dropFirst() { return .apex }
            return name.hasSuffix(pattern)
                ? .wildcard(byteCount: pattern.utf8.count, takesApex: true) : nil
        case .regex: return matcher.takesHost(record.regex, in: table) ? .regex : nil
        case .any: return .any
        case nil: preconditionFailure("a host of a kind that loading accepts is unknown")
        }
    }

    /// The pattern as names are compared: lower case, no trailing dot, addresses in their short form.
    private static func canonical(_ pattern: String) -> String {
        var text = pattern.lowercased()
        if text.hasSuffix("."), text.count > 1 { text.removeLast() }
        guard text.hasPrefix("["), text.hasSuffix("]"),
            let address = IPv6Text.parse(Array(text.dropFirst().dropLast().utf8))
        else { return text }
        return "[" + String(decoding: IPv6Text.text(of: address), as: UTF8.self) + "]"
    }
}
