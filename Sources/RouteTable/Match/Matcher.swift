import TableFormat

/// What one worker needs to match against one table: scratch memory and its own regex state.
///
/// Belongs to one thread. Valid for the table that it was made for; all calls take that table.
///
/// Steps of the search are `mutating` even where they change nothing: for a call that only borrows, a
/// method that may change this value would copy all of it first (Swift 6.3).
package struct Matcher: ~Copyable {
    /// Longest Location and longest rewritten path before it is canonical, in bytes.
    private static let textBytesMax = 16 * 1024
    /// Longest decoded field value, parameter or cookie that a condition can look at, in bytes.
    private static let valueBytesMax = 64 * 1024
    /// Tables up to this size stay in the nearer caches, where fetching early costs more than it gains.
    private static let nearBytesMax = 512 * 1024

    var host = CanonicalHost()
    private var hostMemo = HostMemo()
    var path = CanonicalPath()
    var forward = CanonicalPath()
    var regexes: RegexEngine
    var pending: CandidateHeap
    var seenLiterals: SeenLiterals
    var trieStack = TrieStack()
    /// The table is too large for the nearer caches: what will be read is fetched as soon as its place is
    /// known, so that the waits overlap.
    let fetchesEarly: Bool
    var text = ScratchText(capacity: Matcher.textBytesMax)
    var value = ScratchText(capacity: Matcher.valueBytesMax)
    /// The host rule of the request matched last.
    var matchedHost = UInt32.none
    /// What the route does that the request matched last was found to have.
    var matchedAction: UInt32 = 0
    /// What the request matched last has taken so far.
    var work = MatchWork()
    /// ``rewrite(by:in:)`` left the canonical path as it is.
    private var forwardsCanonicalPath = true
    private var redirectByteCount = 0

    /// - Parameters:
    ///   - table: The only table that may be passed to the other methods.
    ///   - fetchesEarly: Whether to fetch what will be read before it is; nil decides by the size of the
    ///     table. Answers are the same either way.
    package init(for table: borrowing LoadedTable, fetchesEarly: Bool? = nil) {
        self.fetchesEarly = fetchesEarly ?? (table.byteCount > Self.nearBytesMax)
        regexes = RegexEngine(count: table.view.count(of: .regexes))
        pending = CandidateHeap(
            capacity: Int(max(table.worstCase.routeRegexes, table.worstCase.hostRegexes)))
        seenLiterals = SeenLiterals(count: table.view.count(of: .automatonStates))
    }

    /// Canonicalises the request and finds what the table says about it. Does not allocate.
    ///
    /// - Parameter draw: A random number that picks among weighted targets.
    package mutating func match(
        _ request: borrowing RequestView, in table: borrowing LoadedTable, draw: UInt32
    ) -> MatchOutcome {
        matchedHost = .none
        work = MatchWork()
        forwardsCanonicalPath = true
        redirectByteCount = 0
        regexes.beginRequest(steps: table.requestStepsMax)
        let head = request.head
        let remembered = hostMemo.find(
            head, request.host, port: request.listenerPort, canonical: &host)
        let isHostValid = remembered != nil || host.set(head, request.host)
        if remembered == nil && isHostValid {
            host.hashLabels(seed: table.seeds.text)
            if fetchesEarly { fetchHost(in: table) }
        }
        if let refusal = path.set(
            head, request.path, rules: table.pathRules, seed: table.seeds.text)
        {
            return .refused(isHostValid ? refusal : .invalidHost)
        }
        guard isHostValid else { return .refused(.invalidHost) }
        if table.deniesHiddenFiles && path.hasHiddenSegment { return .notFound }
        if let remembered {
            matchedHost = remembered
        } else {
            switch findHost(port: request.listenerPort, in: table) {
            case .found(let index): matchedHost = index
            case .notFound: return .notFound
            case .tooExpensive: return .tooExpensive
            }
            hostMemo.insert(
                matchedHost, head, request.host, port: request.listenerPort, canonical: host)
        }
        let hostRecord = table.view.host(matchedHost)
        path.hashSegments(seed: table.seeds.text)
        switch findRoute(of: hostRecord, request, in: table) {
        case .found(let route):
            return Self.outcome(of: route, matchedAction, draw: draw, in: table)
        case .tooExpensive: return .tooExpensive
        case .notFound:
            guard hostRecord.targetService != .none else { return .notFound }
            return .forward(route: nil, service: ServiceIndex(hostRecord.targetService))
        }
    }

    private static func outcome(
        of route: UInt32, _ action: UInt32, draw: UInt32, in table: borrowing LoadedTable
    ) -> MatchOutcome {
        let action = table.view.actionTarget(action)
        switch ActionKind(rawValue: action.kind) {
        case .redirect: return .redirect(RouteIndex(route))
        case .respond: return .respond(RouteIndex(route))
        case .forward, nil:
            guard action.targetCount > 0 else {
                return .forward(route: RouteIndex(route), service: ServiceIndex(action.service))
            }
            let service = target(of: action, draw: draw, in: table)
            return .forward(route: RouteIndex(route), service: ServiceIndex(service))
        }
    }

    /// The target whose share of the weights `draw` falls into.
    private static func target(
        of action: ActionTarget, draw: UInt32, in table: borrowing LoadedTable
    ) -> UInt32 {
        let last = table.view.target(action.firstTarget + action.targetCount - 1)
        let point = UInt32(
            truncatingIfNeeded: (UInt64(draw) * UInt64(last.cumulativeWeight)) &>> 32)
        for index in 0..<action.targetCount {
            let target = table.view.target(action.firstTarget + index)
            if point < target.cumulativeWeight { return target.service }
        }
        return last.service
    }

    /// The canonical path of the request matched last.
    @_lifetime(borrow self)
    package func canonicalPath() -> RawSpan { path.span }

    /// The canonical host of the request matched last.
    @_lifetime(borrow self)
    package func canonicalHost() -> RawSpan { host.span }

    /// The host rule that kept the request matched last, by its place in
    /// ``LoadedTable/hostRuleText(at:)``; nil if no rule was for it.
    package mutating func hostRuleIndex() -> Int? { matchedHost == .none ? nil : Int(matchedHost) }

    /// What the last call of ``match(_:in:draw:)`` took. Never more than the table's worst case.
    package func matchWork(in table: borrowing LoadedTable) -> MatchWork {
        var work = work
        work.regexSteps = table.requestStepsMax - regexes.stepsLeft
        return work
    }

    /// Applies the rewrite of `route` to the request matched last, and canonicalises the result.
    ///
    /// - Parameter route: The route that took the request; nil gives the canonical path itself.
    /// - Returns: nil, or why the rewritten path is refused; on nil ``forwardPath()`` holds the path.
    package mutating func rewrite(
        by route: RouteIndex?, in table: borrowing LoadedTable
    ) -> RequestRefusal? {
        forwardsCanonicalPath = true
        guard let route, Int(route.rawValue) < table.routeCount else { return nil }
        let action = table.view.action(table.view.route(route.rawValue).action)
        guard action.flags & ActionRecord.hasRewrite != 0 else { return nil }
        regexes.beginRequest(steps: table.requestStepsMax)
        forwardsCanonicalPath = false
        return fillRewrite(action, of: route.rawValue, in: table)
    }

    /// The path that ``rewrite(by:in:)`` made: what the upstream is sent, without base path and query.
    @_lifetime(borrow self)
    package func forwardPath() -> RawSpan { forwardsCanonicalPath ? path.span : forward.span }

    /// Lends the same, where the matcher is part of a value that is being changed: a borrow of it would
    /// copy it (Swift 6.3).
    package mutating func withForwardPath(_ body: (RawSpan) -> Void) {
        if forwardsCanonicalPath { body(path.span) } else { body(forward.span) }
    }

    /// Lends the canonical path as ``withForwardPath(_:)`` does.
    package mutating func withCanonicalPath(_ body: (RawSpan) -> Void) { body(path.span) }

    /// Lends the canonical host as ``withForwardPath(_:)`` does.
    package mutating func withCanonicalHost(_ body: (RawSpan) -> Void) { body(host.span) }

    /// Fills in the redirect of `route` for the request matched last.
    ///
    /// - Returns: Whether it fits and is safe to send; then ``redirectLocation()`` holds it.
    package mutating func makeRedirect(
        by route: RouteIndex, request: borrowing RequestView, in table: borrowing LoadedTable
    ) -> Bool {
        redirectByteCount = 0
        guard Int(route.rawValue) < table.routeCount else { return false }
        let action = table.view.action(table.view.route(route.rawValue).action)
        regexes.beginRequest(steps: table.requestStepsMax)
        guard
            fillTemplate(
                action, of: route.rawValue, query: request.head.extracting(request.query.indices),
                in: table),
            text.isVisible, text.count > 0, templateNamesSite(action, in: table)
        else { return false }
        redirectByteCount = text.count
        return true
    }

    /// The value for Location that ``makeRedirect(by:request:in:)`` made.
    @_lifetime(borrow self)
    package func redirectLocation() -> RawSpan {
        text.span.extracting(0..<redirectByteCount)
    }
}
