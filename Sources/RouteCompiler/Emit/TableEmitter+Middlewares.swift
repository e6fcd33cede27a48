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
            let policy = emitPolicy(of: middleware.configuration)
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
    private mutating func emitPolicy(of configuration: MiddlewareConfiguration) -> UInt32 {
        switch configuration {
        case .ipFilter(let policy): emit(policy)
        case .rateLimit(let policy): emit(policy)
        case .cors(let policy): emit(policy)
        case .headers(let policy): emitShared(policy)
        case .dynamicRoute(let policy): emit(policy)
        case .webSocket, .sse, .auth, .logging: .none
        }
    }
}
