import RouteTable
package import TestSupport
import Validate

/// Makes random requests that are near a configuration's rules: most hit, many miss by one step.
package struct RandomRequest {
    private let configuration: Configuration
    private let regexes: [String: RandomRegex]
    private let words: [String]

    package init(for made: RandomConfiguration) {
        configuration = made.configuration
        regexes = made.regexes
        words = made.style.words
    }

    package func next(_ random: inout SeededGenerator) -> OracleRequest {
        var request = OracleRequest()
        request.port = random.one(of: Vocabulary.ports)
        let rule = random.one(of: configuration.hosts)
        if let port = rule.port, !random.once(in: 6) { request.port = port }
        request.host = hostVariant(of: host(of: rule.pattern.value, &random), &random)
        var path = "/" + random.one(of: words)
        if let route = rule.routes.randomElement(using: &random), !random.once(in: 10) {
            path = self.path(of: route.pattern.value, &random)
            if !random.once(in: 5) {
                RandomConditions.meet(route.conditions, in: &request, &random)
            }
        }
        if random.once(in: 2) { RandomConditions.addNoise(to: &request, &random) }
        request.path = PathVariant.make(of: path, &random)
        return request
    }

    private func host(of pattern: HostPattern, _ random: inout SeededGenerator) -> String {
        let label = random.one(of: Vocabulary.labels)
        switch pattern {
        case .exact(let name): return name
        case .wildcard(let suffix, _):
            return random.one(of: ["", label + ".", "a.b.", "\(label).\(label)."]) + suffix
        case .regex, .any:
            return random.one(of: [label + ".", "", "zz."]) + random.one(of: Vocabulary.apexes)
        }
    }

    /// The same host written otherwise, a neighbour of it, or something that is no host.
    private func hostVariant(of host: String, _ random: inout SeededGenerator) -> String {
        switch random.number(0...19) {
        case 0: return host.uppercased()
        case 1: return host + ":8080"
        case 2 where !host.hasSuffix("]"): return host + "."
        case 3 where !host.hasSuffix("]"): return host + ".:80"
        case 4: return "x." + host
        case 5 where !host.hasPrefix("["): return "x" + host
        case 6: return String(host.drop { $0 != "." }.dropFirst())
        case 7 where random.once(in: 3):
            return random.one(of: [
                "a..b", ".example.com", "example.com..", "a@b.test", "ex ample.com", "a/b",
                "é.test",
                "", ".", "a:b", "[::1", "[::1]x", "*.example.com", "a%62.test", "example.com:80:80",
            ])
        default: return host
        }
    }

    private func path(of pattern: PathPattern, _ random: inout SeededGenerator) -> String {
        switch pattern {
        case .exact(let path): return path
        case .regex(let source, _): return regexes[source]?.sample(&random) ?? "/"
        case .segments(let segments, let tail):
            var texts = segments.map { segment in
                switch segment {
                case .literal(let text): text
                case .wildcard: random.one(of: words)
                case .glob(let texts):
                    texts.joined(separator: random.one(of: ["", "a", "b", "ab", ".js"]))
                }
            }
            if case .subtree = tail {
                texts += (0..<random.number(0...2)).map { _ in random.one(of: words) }
                if random.once(in: 5) { texts.append("") }
            }
            return "/" + texts.joined(separator: "/")
        }
    }
}
