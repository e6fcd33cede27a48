package import Diagnostics
package import TestSupport
package import Validate

/// Makes one random route.
package struct RandomRoute {
    /// What the routes of one configuration have in common.
    package struct Style {
        /// Segments. Few, so that patterns overlap.
        var words: [String]
        /// One route in so many has a priority.
        var priorityRarity: Int
        /// One route in so many has conditions.
        var conditionRarity: Int
    }

    package let style: Style
    package let hostCapturesTenant: Bool
    /// What the pattern was rendered from, if it is a regex.
    package private(set) var regex: RandomRegex?

    package init(_ style: Style, hostCapturesTenant: Bool) {
        self.style = style
        self.hostCapturesTenant = hostCapturesTenant
    }

    package mutating func next(at place: SourceRange, _ random: inout SeededGenerator) -> RouteRule
    {
        let pattern = pattern(&random)
        var route = RouteRule(
            pattern: Located(pattern, at: place), patternText: RouteText.text(of: pattern),
            action: .respond(status: 200, body: "", contentType: "text/plain"))
        if random.once(in: style.conditionRarity) {
            route.conditions = RandomConditions.next(&random)
        }
        if random.once(in: style.priorityRarity) { route.priority = Int32(random.number(-1...2)) }
        if random.once(in: 5) { route.name = "named-\(place.start.line)" }
        route.action = action(of: pattern, &random)
        if case .forward = route.action, random.once(in: 3) {
            route.rewrite = rewrite(of: pattern, &random)
        }
        return route
    }

    private mutating func pattern(_ random: inout SeededGenerator) -> PathPattern {
        switch random.number(0...9) {
        case 0...2:
            let segments = (0..<random.number(0...3)).map { _ in random.one(of: style.words)
            }
            let isFolder = segments.isEmpty || random.once(in: 5)
            return .exact(
                "/" + segments.joined(separator: "/") + (isFolder && !segments.isEmpty ? "/" : ""))
        case 3...7: return segmentPattern(&random)
        default:
            let regex = RandomRegex.path(of: style.words, &random)
            self.regex = regex
            return .regex(source: regex.source, ignoresCase: random.once(in: 5))
        }
    }

    private func segmentPattern(_ random: inout SeededGenerator) -> PathPattern {
        var segments: [PathSegment] = []
        var names = ["id", "room", "x"]
        let count = random.once(in: 10) ? random.number(4...6) : random.number(0...3)
        for _ in 0..<count {
            switch random.number(0...9) {
            case 0...4: segments.append(.literal(random.one(of: style.words)))
            case 5, 6: segments.append(.glob(glob(&random)))
            case 7 where !names.isEmpty: segments.append(.wildcard(name: names.removeLast()))
            default: segments.append(.wildcard(name: nil))
            }
        }
        let isAllLiteral = segments.allSatisfy { if case .literal = $0 { true } else { false } }
        if isAllLiteral || random.once(in: 3) {
            return .segments(segments, tail: .subtree(name: random.once(in: 2) ? "rest" : nil))
        }
        if random.once(in: 6) { segments.append(.literal("")) }
        return .segments(segments, tail: .end)
    }

    private func glob(_ random: inout SeededGenerator) -> [String] {
        random.one(of: [
            ["", ".js"], ["a", ""], ["a", "b"], ["", "b", ""], ["app", ".js"], ["v", ""],
            ["", "", "a"],
            ["a", "a"], ["a", "b", "c"], ["", "1"], ["a.", ""], ["a", "%20", ""],
            ["", "a", "a", ""],
        ])
    }

    private func action(of pattern: PathPattern, _ random: inout SeededGenerator) -> RouteAction {
        switch random.number(0...9) {
        case 0:
            return .respond(status: 404, body: "no", contentType: "text/plain")
        case 1:
            var pieces: [Template.Piece] = [.literal("https://"), .host, .path, .query]
            if let name = captures(of: pattern).randomElement(using: &random), random.once(in: 2) {
                pieces = [.literal("/to/"), .capture(name), .query]
            }
            return .redirect(to: Template(pieces: pieces), status: 308)
        case 2:
            return .forward([
                .init(service: random.number(0...1), weight: UInt32(random.number(1...9))),
                .init(service: random.number(2...4), weight: UInt32(random.number(1...9))),
            ])
        default: return .forward([.init(service: random.number(0...4), weight: 1)])
        }
    }

    /// The names that a template of this route may use, in the order of the pattern.
    private func captures(of pattern: PathPattern) -> [String] {
        var names: [String] = hostCapturesTenant ? ["tenant"] : []
        switch pattern {
        case .exact: break
        case .regex(let source, _): if source.contains("(?<word>") { names.append("word") }
        case .segments(let segments, let tail):
            for case .wildcard(let name?) in segments { names.append(name) }
            if case .subtree(let name?) = tail { names.append(name) }
        }
        return names
    }

    private func rewrite(of pattern: PathPattern, _ random: inout SeededGenerator) -> PathRewrite {
        let captures = captures(of: pattern)
        if random.once(in: 2), let name = captures.last {
            let start: Template.Piece = .literal(random.one(of: ["/", "/rooms/", "/a/b/"]))
            let end: Template.Piece = random.once(in: 2) ? .literal("/end") : .literal("")
            return PathRewrite(path: Template(pieces: [start, .capture(name), end]))
        }
        return PathRewrite(
            stripPrefix: random.once(in: 3)
                ? nil : "/" + random.one(of: style.words),
            addPrefix: random.once(in: 2) ? "/" + random.one(of: ["v2", "x/y"]) : nil)
    }
}
