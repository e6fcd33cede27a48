/// In which order a table tries the rules that another table has as well.
///
/// Routes whose patterns begin with different literal segments match no request both, and hosts other than regular
/// expressions are ordered by what they are. What else stands in another order may send requests elsewhere.
struct RuleOrder {
    /// A rule behind a first segment.
    private struct Place: Equatable {
        var rule: Int
        /// How many rules for every first segment come before it.
        var openCount: Int
    }

    /// The routes of one host.
    private struct Routes: Equatable {
        /// Those that may match whatever the first segment is.
        var open: [Int] = []
        /// The others, by their first segment.
        var placed: [String: [Place]] = [:]
    }

    private var hosts: [String: Routes] = [:]
    private var regexHosts: [String] = []

    /// - Parameter rules: In the order of their table, each with the number that it has in both.
    init(of rules: some Sequence<(number: Int, rule: ComparedRule)>) {
        for (number, rule) in rules {
            if hosts[rule.host] == nil {
                hosts[rule.host] = Routes()
                if rule.host.hasPrefix("~") { regexHosts.append(rule.host) }
            }
            // A host's target always comes last.
            guard let pattern = rule.pattern else { continue }
            if let segment = Self.firstSegment(of: pattern) {
                let place = Place(rule: number, openCount: hosts[rule.host]?.open.count ?? 0)
                hosts[rule.host]?.placed[segment, default: []].append(place)
            } else {
                hosts[rule.host]?.open.append(number)
            }
        }
    }

    /// The hosts whose requests may go elsewhere than by another order of the same rules.
    func hosts(differingFrom other: RuleOrder) -> Set<String> {
        let differing = Set(hosts.keys.filter { hosts[$0] != other.hosts[$0] })
        return regexHosts == other.regexHosts ? differing : differing.union(regexHosts)
    }

    /// Nil if it can't be told: a regular expression, a capture, or text that may be written in other ways.
    private static func firstSegment(of pattern: String) -> String? {
        guard pattern.hasPrefix("/") else { return nil }
        let segment = pattern.dropFirst().prefix { $0 != "/" }
        let isPlain = segment.utf8.allSatisfy { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                true
            default: false
            }
        }
        return isPlain && !segment.isEmpty ? segment.lowercased() : nil
    }
}
