import TableFormat
import Validate

/// Chains of middlewares, and the steps that requests take through them.
extension TableEmitter {
    /// What a chain depends on: its middlewares, and where the captures are that its headers are filled with.
    struct ChainKey: Hashable {
        let middlewares: [Int]
        let captures: [LoweredRoute.Capture]
    }

    /// The order global, host, route, each middleware once by name and only if it is enabled.
    ///
    /// - Parameters:
    ///   - local: Those of the host, then those of the route.
    ///   - captures: What the patterns of route and host capture.
    mutating func chain(
        of local: [Int], captures: [LoweredRoute.Capture]
    ) throws(CompileProblem.Reason) -> UInt32 {
        let names = filledNames(of: local)
        let key = ChainKey(
            middlewares: local,
            captures: names.isEmpty ? [] : captures.filter { names.contains($0.name) })
        if let chain = chains[key] { return chain }
        let chain = try newChain(of: local, captures: captures)
        chains[key] = chain
        return chain
    }

    /// The placeholders of all headers in a chain.
    private mutating func filledNames(of local: [Int]) -> Set<String> {
        if let names = namesOfChains[local] { return names }
        var names: Set<String> = []
        for index in configuration.globalMiddlewares + local {
            guard case .headers(let policy) = configuration.middlewares[index].configuration
            else { continue }
            names.formUnion(policy.placeholders)
        }
        namesOfChains[local] = names
        return names
    }

    private mutating func newChain(
        of local: [Int], captures: [LoweredRoute.Capture]
    ) throws(CompileProblem.Reason) -> UInt32 {
        var names: Set<String> = []
        var members: [ChainMemberRecord] = []
        var steps: [GuardStepRecord] = []
        var record = ChainRecord()
        for index in configuration.globalMiddlewares + local {
            let middleware = configuration.middlewares[index]
            guard middleware.isEnabled, names.insert(middleware.name.value).inserted else {
                continue
            }
            var member = ChainMemberRecord()
            member.middleware = middlewareIndices[index]
            members.append(member)
            // The innermost one decides about the stream, and about the log.
            switch middleware.configuration {
            case .webSocket: record.webSocketPolicy = middlewarePolicies[index]
            case .sse: record.eventStreamPolicy = middlewarePolicies[index]
            case .logging: record.loggingPolicy = middlewarePolicies[index]
            case .auth, .rateLimit, .cors, .headers, .ipFilter, .dynamicRoute: break
            }
            if let step = try step(of: index, captures: captures) { steps.append(step) }
        }
        record.firstMember = chainMemberRuns.add(members, to: .chainMembers, in: &sections)
        record.memberCount = UInt32(members.count)
        record.firstStep = guardStepRuns.add(steps, to: .guardSteps, in: &sections)
        record.stepCount = UInt32(steps.count)
        return chainRuns.add([record], to: .chains, in: &sections)
    }

    /// The step of a middleware in a chain; nil if requests don't meet it.
    private mutating func step(
        of index: Int, captures: [LoweredRoute.Capture]
    ) throws(CompileProblem.Reason) -> GuardStepRecord? {
        let middleware = configuration.middlewares[index]
        var step = GuardStepRecord()
        step.middleware = middlewareIndices[index]
        step.kind = middleware.configuration.kind.rawValue
        step.policy = middlewarePolicies[index]
        if case .headers(let policy) = middleware.configuration, step.policy == .none {
            step.policy = try emit(policy, named: middleware.name.value, captures: captures)
        }
        guard middleware.configuration.kind.isGuard, step.policy != .none,
            middleware.configuration.hasEffect
        else { return nil }
        return step
    }
}
