import TableFormat
import Validate

/// Turns host rules into what the table holds of them.
struct HostLowering {
    private(set) var regexes = RegexPool()
    private(set) var problems: [CompileProblem] = []
    /// Names that middlewares fill in, if a pattern captures them.
    private let filledNames: [String]

    init(_ configuration: Configuration) {
        filledNames = configuration.middlewares.flatMap { middleware -> [String] in
            guard case .headers(let policy) = middleware.configuration else { return [] }
            return policy.placeholders
        }
    }

    /// All hosts in the order of the configuration.
    mutating func lower(_ hosts: [HostRule]) -> [LoweredHost] {
        reportDuplicates(hosts)
        return hosts.map { lower($0) }
    }

    private mutating func reportDuplicates(_ hosts: [HostRule]) {
        struct Key: Hashable {
            let pattern: HostPattern
            let port: UInt16?
        }
        var known: Set<Key> = []
        for host in hosts {
            let isNew = known.insert(Key(pattern: host.pattern.value, port: host.port)).inserted
            guard !isNew else { continue }
            problems.append(
                CompileProblem(.duplicateHost(host.patternText), at: host.pattern.range))
        }
    }

    private mutating func lower(_ rule: HostRule) -> LoweredHost {
        let host = LoweredHost(rule: rule)
        host.lacksRoutes = rule.unknown.contains(.routes)
        if case .regex(let source, let ignoresCase) = rule.pattern.value {
            let captures = rule.routes.contains { Self.numberedCaptures(of: $0) }
            do {
                host.regex = try regexes.add(
                    source, ignoresCase: ignoresCase, captures: captures,
                    subjectByteCountMax: TableLimits.hostBytesMax)
            } catch {
                problems.append(CompileProblem(error, at: rule.pattern.range))
            }
            host.filings = RegexFilings.ofHost(source, ignoresCase: ignoresCase)
            host.captures = self.captures(ofHost: host, source, ignoresCase)
        }
        for position in RoutePrecedence.order(rule.routes, rule.order) {
            do {
                host.routes.append(try lower(rule.routes[position], at: position, of: host))
            } catch {
                problems.append(CompileProblem(error, at: rule.routes[position].pattern.range))
                host.lacksRoutes = true
            }
        }
        return host
    }

    private mutating func lower(
        _ rule: RouteRule, at position: Int, of host: LoweredHost
    ) throws(CompileProblem.Reason) -> LoweredRoute {
        let route = LoweredRoute(rule: rule, declaredPosition: position)
        switch rule.pattern.value {
        case .exact(let path):
            let bytes = Array(path.utf8)
            guard bytes.count <= UInt16.max else { throw .textTooLong("path", bytes.count) }
            route.pattern = .exact(bytes)
            route.filings = [.exact(bytes)]
        case .segments(let segments, let tail):
            try lower(segments, tail, into: route)
        case .regex(let source, let ignoresCase):
            try lower(regex: source, ignoresCase, into: route)
        }
        guard rule.conditions.count <= TableLimits.conditionCountMax else {
            throw .tooManyConditions(rule.conditions.count)
        }
        try addHostCaptures(of: host, to: route)
        for name in Self.captureNames(of: rule)
        where !route.captures.contains(where: { $0.name == name }) {
            throw .unknownCapture(name)
        }
        return route
    }

    private func lower(
        _ segments: [PathSegment], _ tail: PathTail, into route: LoweredRoute
    ) throws(CompileProblem.Reason) {
        guard segments.count <= TableLimits.segmentCountMax else {
            throw .tooManySegments(segments.count)
        }
        var lowered: [LoweredSegment] = []
        for (position, segment) in segments.enumerated() {
            switch segment {
            case .literal(let text): lowered.append(.literal(Array(text.utf8)))
            case .glob(let texts): lowered.append(.glob(texts.map { Array($0.utf8) }))
            case .wildcard(let name):
                lowered.append(.wildcard)
                if let name {
                    route.captures.append(
                        .init(name: name, kind: .segment, value: UInt32(position)))
                }
            }
        }
        var tailKind = TailKind.end
        if case .subtree(let name) = tail {
            tailKind = .open
            if let name {
                route.captures.append(
                    .init(name: name, kind: .rest, value: UInt32(segments.count)))
            }
        }
        route.pattern = .segments(lowered, tail: tailKind)
        route.filings = [.shape(FiledShape(lowered, tail: tailKind))]
    }

    private mutating func lower(
        regex source: String, _ ignoresCase: Bool, into route: LoweredRoute
    ) throws(CompileProblem.Reason) {
        let index = try regexes.add(
            source, ignoresCase: ignoresCase, captures: Self.numberedCaptures(of: route.rule),
            subjectByteCountMax: TableLimits.pathBytesMax)
        let tree = RegexParser.parse(source, ignoresCase: ignoresCase)
        if let tree, let shape = RegexLowering.exactShape(of: tree),
            !Self.numberedCaptures(of: route.rule)
        {
            route.captures = shape.captures.map {
                .init(name: $0.name, kind: $0.kind, value: UInt32($0.value))
            }
            if let path = RegexLowering.exactPath(of: shape) {
                route.pattern = .exact(path)
                route.filings = [.exact(path)]
            } else {
                route.pattern = .segments(shape.segments, tail: shape.tail)
                route.filings = [.shape(FiledShape(shape.segments, tail: shape.tail))]
            }
            return
        }
        route.pattern = .regex(index)
        route.filings = RegexFilings.ofRoute(tree)
        let regex = regexes.regexes[index]
        let names = names(in: tree, route.rule)
        for name in names where !route.captures.contains(where: { $0.name == name }) {
            guard let group = regex.group(named: name) else { continue }
            route.captures.append(.init(name: name, kind: .routeGroup, value: group))
        }
    }

    private func captures(
        ofHost host: LoweredHost, _ source: String, _ ignoresCase: Bool
    ) -> [LoweredRoute.Capture] {
        guard let index = host.regex else { return [] }
        let tree = RegexParser.parse(source, ignoresCase: ignoresCase)
        return ((tree?.root.captureNames ?? []) + filledNames).compactMap { name in
            regexes.regexes[index].group(named: name).map {
                LoweredRoute.Capture(name: name, kind: .hostGroup, value: $0)
            }
        }
    }

    /// Adds the groups of the host's regex that the route does not hide by captures of its own.
    private func addHostCaptures(
        of host: LoweredHost, to route: LoweredRoute
    ) throws(CompileProblem.Reason) {
        guard let index = host.regex,
            case .regex(let source, let ignoresCase) = host.rule.pattern.value
        else { return }
        let tree = RegexParser.parse(source, ignoresCase: ignoresCase)
        let names = names(in: tree, route.rule)
        for name in names where !route.captures.contains(where: { $0.name == name }) {
            guard let group = regexes.regexes[index].group(named: name) else { continue }
            route.captures.append(.init(name: name, kind: .hostGroup, value: group))
        }
    }

    /// What a regex may capture: the names that were seen in it, and those that somebody asks for.
    private func names(in tree: RegexTree?, _ route: RouteRule) -> [String] {
        (tree?.root.captureNames ?? []) + Self.captureNames(of: route) + filledNames
    }

    /// The captures that the route's templates name.
    private static func captureNames(of route: RouteRule) -> [String] {
        var pieces = route.rewrite?.path?.pieces ?? []
        if case .redirect(let template, _) = route.action { pieces += template.pieces }
        return pieces.compactMap { piece in
            if case .capture(let name) = piece { return name }
            return nil
        }
    }

    private static func numberedCaptures(of route: RouteRule) -> Bool {
        captureNames(of: route).contains { UInt32($0) != nil }
    }
}

extension HostLowering {
    /// Adds a regex that a policy compares with paths.
    mutating func addPath(
        _ source: String, ignoresCase: Bool
    ) throws(CompileProblem.Reason) -> Int {
        try regexes.add(
            source, ignoresCase: ignoresCase, subjectByteCountMax: TableLimits.pathBytesMax)
    }

    /// Adds a regex that a condition uses.
    mutating func addCondition(
        _ source: String, ignoresCase: Bool
    ) throws(CompileProblem.Reason) -> Int {
        try regexes.add(
            source, ignoresCase: ignoresCase,
            subjectByteCountMax: TableLimits.conditionBytesMax)
    }
}
