import TableFormat
import Validate

extension TableEmitter {
    /// Writes each enabled middleware and gives it its index. Comes before the chains, which name them.
    mutating func emitMiddlewares() {
        var next: UInt32 = 0
        for middleware in configuration.middlewares {
            middlewareIndices.append(middleware.isEnabled ? next : .none)
            middlewarePolicies.append(.none)
            guard middleware.isEnabled else { continue }
            next += 1
            let policy = emitPolicy(of: middleware, at: next - 1)
            middlewarePolicies[middlewarePolicies.count - 1] = policy
            var record = MiddlewareRecord()
            record.name = sections.add(middleware.name.value)
            record.typeName = sections.add(middleware.configuration.typeName)
            (record.file, record.line) = Self.place(middleware.name.range)
            record.kind = middleware.configuration.kind.rawValue
            record.policy = policy
            sections.append(record, to: .middlewares)
        }
    }

    /// Writes what a middleware was told into the section of its kind.
    ///
    /// - Returns: Its index there, or none if the kind has no section.
    private mutating func emitPolicy(of middleware: Middleware, at index: UInt32) -> UInt32 {
        switch middleware.configuration {
        case .auth(let policy): emit(policy, of: middleware, at: index)
        case .webSocket, .sse, .rateLimit, .cors, .headers, .ipFilter, .logging,
            .dynamicRoute:
            .none
        }
    }

    /// The order global, host, route, each middleware once by name and only if it is enabled.
    ///
    /// - Parameter local: Those of the host, then those of the route.
    mutating func chain(of local: [Int]) -> UInt32 {
        if let chain = chainOfMiddlewares[local] { return chain }
        let chain = newChain(of: local)
        chainOfMiddlewares[local] = chain
        return chain
    }

    private mutating func newChain(of local: [Int]) -> UInt32 {
        var names: Set<String> = []
        var members: [ChainMemberRecord] = []
        var record = ChainRecord()
        for index in configuration.globalMiddlewares + local {
            let middleware = configuration.middlewares[index]
            guard middleware.isEnabled, names.insert(middleware.name.value).inserted else {
                continue
            }
            var member = ChainMemberRecord()
            member.middleware = middlewareIndices[index]
            members.append(member)
            // The innermost one decides about the stream.
            switch middleware.configuration {
            case .webSocket: record.webSocketPolicy = middlewarePolicies[index]
            case .sse: record.eventStreamPolicy = middlewarePolicies[index]
            case .auth, .rateLimit, .cors, .headers, .ipFilter, .logging, .dynamicRoute: break
            }
        }
        record.firstMember = chainMemberRuns.add(members, to: .chainMembers, in: &sections)
        record.memberCount = UInt32(members.count)
        return chainRuns.add([record], to: .chains, in: &sections)
    }
}
