package import Validate

extension Oracle {
    /// The host rule that keeps a request for `host` on `port`, or nil.
    ///
    /// Port-specific before portless; exact, then the longest wildcard, then regexes as listed,
    /// then `*`.
    package func hostRule(for host: String, port: UInt16) -> Int? {
        let fitting = configuration.hosts.indices.filter { index in
            let rule = configuration.hosts[index]
            return (rule.port == nil || rule.port == port)
                && Self.matches(rule.pattern.value, host)
        }
        return fitting.min { left, right in
            let leftRank = hostRank(left)
            let rightRank = hostRank(right)
            return leftRank == rightRank
                ? left < right : leftRank.lexicographicallyPrecedes(rightRank)
        }
    }

    package static func matches(_ pattern: HostPattern, _ host: String) -> Bool {
        switch pattern {
        case .exact(let name): host == name
        case .wildcard(let suffix, let includesApex):
            (host.hasSuffix("." + suffix) && host.utf8.count > suffix.utf8.count + 1)
                || (includesApex && host == suffix)
        case .regex(let source, let ignoresCase):
            OracleRegex.firstMatch(of: source, ignoresCase: ignoresCase, in: host) != nil
        case .any: true
        }
    }

    /// Smaller comes first. Equal ranks are decided by the order of the list.
    private func hostRank(_ index: Int) -> [Int] {
        let rule = configuration.hosts[index]
        let port = rule.port == nil ? 1 : 0
        switch rule.pattern.value {
        case .exact: return [port, 0, 0, 0]
        case .wildcard(let suffix, let includesApex):
            // Of two with the same suffix the one without the apex is the narrower.
            return [port, 1, -suffix.utf8.count, includesApex ? 1 : 0]
        case .regex: return [port, 2, 0, 0]
        case .any: return [port, 3, 0, 0]
        }
    }
}
