package import TestSupport

/// A random regular expression and strings that it probably matches.
///
/// Repetition is never nested, so that no pattern comes near a match limit and every difference is
/// one of meaning.
package indirect enum RandomRegex: Sendable {
    case literal(String)
    /// PCRE2 text for one byte, and bytes that it takes.
    case one(String, samples: [String])
    case sequence([RandomRegex])
    case alternatives([RandomRegex])
    /// `group` is what opens the group: `(`, `(?:`, `(?<name>`, `(?>`.
    case group(String, RandomRegex)
    case repeated(RandomRegex, ClosedRange<Int>, suffix: String)
    /// Text that takes no byte: an anchor, a look-around, an option.
    case empty(String)

    /// The PCRE2 source.
    package var source: String {
        switch self {
        case .literal(let text): text.map(Self.escaped).joined()
        case .one(let text, _): text
        case .sequence(let parts): parts.map(\.source).joined()
        case .alternatives(let parts): parts.map(\.source).joined(separator: "|")
        case .group(let opening, let body): opening + body.source + ")"
        case .repeated(let body, _, let suffix): body.source + suffix
        case .empty(let text): text
        }
    }

    /// A string that fits, look-arounds and options left aside.
    package func sample(_ random: inout SeededGenerator) -> String {
        switch self {
        case .literal(let text): text
        case .one(_, let samples): random.one(of: samples)
        case .sequence(let parts): parts.map { $0.sample(&random) }.joined()
        case .alternatives(let parts): random.one(of: parts).sample(&random)
        case .group(_, let body): body.sample(&random)
        case .repeated(let body, let counts, _):
            (0..<Int.random(in: counts, using: &random)).map { _ in body.sample(&random) }.joined()
        case .empty: ""
        }
    }

    private static func escaped(_ character: Character) -> String {
        "\\^$.[]|()?*+{}#".contains(character) ? "\\\(character)" : String(character)
    }
}

extension RandomRegex {
    /// A pattern for paths made of `words`.
    package static func path(of words: [String], _ random: inout SeededGenerator) -> RandomRegex {
        var hasName = false
        return anyPath(words, &random).namingOnce(&hasName)
    }

    /// PCRE2 refuses a name that stands twice: only the first group keeps it.
    private func namingOnce(_ hasName: inout Bool) -> RandomRegex {
        switch self {
        case .literal, .one, .empty: return self
        case .sequence(let parts): return .sequence(parts.map { $0.namingOnce(&hasName) })
        case .alternatives(let parts): return .alternatives(parts.map { $0.namingOnce(&hasName) })
        case .repeated(let body, let counts, let suffix):
            return .repeated(body.namingOnce(&hasName), counts, suffix: suffix)
        case .group(let opening, let body):
            let isNamed = opening == "(?<word>"
            let isSecond = isNamed && hasName
            if isNamed { hasName = true }
            return .group(isSecond ? "(" : opening, body.namingOnce(&hasName))
        }
    }

    private static func anyPath(_ words: [String], _ random: inout SeededGenerator) -> RandomRegex {
        if random.once(in: 6) { return random.one(of: oddities) }
        var parts: [RandomRegex] = []
        if !random.once(in: 5) { parts.append(.empty("^")) }
        if random.once(in: 10) {
            parts.append(.empty(random.one(of: ["(?i)", "(?=/)", "(?!/zz)", "(?x)", "(?#note)"])))
        }
        for _ in 0..<random.number(1...4) {
            if !random.once(in: 6) { parts.append(.literal("/")) }
            parts.append(segment(words, &random))
        }
        if random.once(in: 3) { parts.append(.empty(random.one(of: ["$", "\\z", "\\Z", "\\b"]))) }
        if random.once(in: 12) {
            return .alternatives([
                .sequence(parts), .sequence([.literal("/"), segment(words, &random)]),
            ])
        }
        return .sequence(parts)
    }

    private static func segment(_ words: [String], _ random: inout SeededGenerator) -> RandomRegex {
        let literal = RandomRegex.literal(random.one(of: words))
        switch random.number(0...11) {
        case 0...3: return literal
        case 4: return repeated(byteClass(&random), &random)
        case 5: return .sequence([literal, repeated(byteClass(&random), &random)])
        case 6: return .sequence([repeated(byteClass(&random), &random), literal])
        case 7:
            let other = RandomRegex.literal(random.one(of: words))
            let opening = random.one(of: ["(", "(?:", "(?<word>", "(?>"])
            return .group(opening, .alternatives([literal, other]))
        case 8: return .group(random.one(of: ["(", "(?<word>", "(?:"]), literal)
        case 9: return repeated(.group("(?:", .sequence([.literal("/"), literal])), &random)
        case 10: return .sequence([literal, repeated(.literal("b"), &random), .literal("c")])
        default: return .sequence([byteClass(&random), literal])
        }
    }

    private static func byteClass(_ random: inout SeededGenerator) -> RandomRegex {
        random.one(of: [
            .one("[a-z]", samples: ["a", "b", "z"]),
            .one("[0-9]", samples: ["0", "1", "9"]),
            .one("\\d", samples: ["4", "7"]),
            .one("\\w", samples: ["a", "_", "Z"]),
            .one("[^/]", samples: ["a", ".", "-", "%20"]),
            .one(".", samples: ["a", "/", "."]),
            .one("[ab]", samples: ["a", "b"]),
            .one("[.]", samples: ["."]),
            .one("\\x61", samples: ["a"]),
        ])
    }

    private static func repeated(_ body: RandomRegex, _ random: inout SeededGenerator)
        -> RandomRegex
    {
        let lazy = random.once(in: 6) ? "?" : ""
        return random.one(of: [
            .repeated(body, 0...3, suffix: "*" + lazy), .repeated(body, 1...3, suffix: "+" + lazy),
            .repeated(body, 0...1, suffix: "?" + lazy), .repeated(body, 2...2, suffix: "{2}"),
            .repeated(body, 0...0, suffix: "{0}"), .repeated(body, 0...2, suffix: "{0,2}"),
            .repeated(body, 1...3, suffix: "{1,3}" + lazy),
        ])
    }

    /// Patterns on which a search for required literals, or a lowering to segments, goes wrong
    /// easily.
    private static let oddities: [RandomRegex] = [
        odd("^/(a|b)/\\1$", "/a/a", "/a/b"),
        odd("^/a|/b$", "/ab", "/x/b", "/a"),
        odd("/api", "/x/api", "/apix"),
        odd("^/\\Qa.b\\E/x$", "/a.b/x", "/aXb/x"),
        odd("^/api(?=/v1)", "/api/v1", "/api/v2"),
        odd("^/(?!admin)[a-z]+$", "/users", "/admin"),
        odd("^/a(?i)b/C", "/ab/c", "/aB/C", "/Ab/c"),
        odd("^/ab{0}c", "/ac", "/abc"),
        odd("^/(?:a|b|)/x", "//x", "/a/x", "/x"),
        odd("^/users/[^/]+/?$", "/users/x", "/users/x/", "/users/"),
        odd("^/(?x) a b # comment", "/ab", "/a"),
        odd("(?<=/a)/b", "/a/b", "/b"),
        odd("^(?:/[a-z]+)+$", "/a/b/c", "/a/B"),
        odd("^/v[0-9]+/.*$", "/v1/", "/v22/x", "/v/x"),
        odd("^/a*b?c+$", "/c", "/aaac", "/abcc"),
        odd("\\.(?:js|css)$", "/x.js", "/y/app.css", "/x.jsx"),
        odd("^/[^/]*$", "/", "/a", "/a/b"),
        odd("^/a/\\K.*", "/a/b", "/a/"),
        odd("^/(a(?:b|$))", "/ab", "/a"),
        odd("^/a/b$|^/c/(?<word>[a-z]+)$", "/a/b", "/c/x"),
        odd("^(?:(?:/api))(?:/v1)$", "/api/v1", "/api"),
        odd("^/a(*FAIL)|^/b", "/b", "/a"),
        odd("^/api\\/v1\\z", "/api/v1"),
        odd("^/%20", "/%20x"),
        odd("^", "/", "/a"),
        odd("", "/", "/a/b"),
        odd("(?|/(a)|/(b))x", "/ax", "/bx"),
        odd("^/(?<word>a)?b(?(word)c|d)", "/abc", "/bd", "/abd"),
        odd("^/users/.*", "/users/", "/users/a/b", "/users"),
        odd("^/users/(?<word>[^/]+)$", "/users/a", "/users/a/b"),
        odd("^/users/(?<word>[^/]+)/.*", "/users/a/", "/users/a/b"),
        odd("^/users(?:/.*)?$", "/users", "/users/", "/usersx"),
    ]

    private static func odd(_ source: String, _ samples: String...) -> RandomRegex {
        .one(source, samples: samples)
    }
}
