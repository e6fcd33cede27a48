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
            let policy = emitPolicy(of: middleware, at: next)
            next += 1
            middlewarePolicies[middlewarePolicies.count - 1] = policy
            var record = MiddlewareRecord()
            record.name = sections.add(middleware.name.value)
            record.typeName = sections.add(middleware.configuration.typeName)
            (record.file, record.line) = Self.place(middleware.name.range)
            record.kind = middleware.configuration.kind.rawValue
            record.policy = policy
            let content = middleware.configuration.contentText(of: configuration.services)
            record.contentHash = TableHash.bytes(Array(content.utf8), seed: 0)
            sections.append(record, to: .middlewares)
        }
    }

    /// Writes what a middleware was told into the section of its kind.
    ///
    /// - Parameter index: The index of the middleware.
    /// - Returns: Its index there, or none if the kind has no section.
    private mutating func emitPolicy(of middleware: Middleware, at index: UInt32) -> UInt32 {
        switch middleware.configuration {
        case .webSocket(let policy): emit(policy, middleware: index)
        case .sse(let policy): emit(policy, middleware: index)
        case .auth(let policy): emit(policy, of: middleware, at: index)
        case .ipFilter(let policy): emit(policy)
        case .rateLimit(let policy): emit(policy)
        case .cors(let policy): emit(policy)
        case .headers(let policy): emitShared(policy)
        case .dynamicRoute(let policy): emit(policy)
        case .logging(let policy): emit(policy)
        }
    }

    private mutating func emit(_ policy: EventStreamPolicy, middleware: UInt32) -> UInt32 {
        var record = EventStreamPolicyRecord()
        record.heartbeatIntervalMilliseconds = policy.heartbeatIntervalMilliseconds ?? 0
        record.retryMilliseconds = policy.retryMilliseconds ?? 0
        record.connectionsMax = policy.connectionsMax ?? 0
        record.connectionsPerClientMax = policy.connectionsPerClientMax ?? 0
        record.durationMillisecondsMax = policy.durationMillisecondsMax ?? 0
        record.middleware = middleware
        let index = sections.count(of: .eventStreamPolicies)
        sections.append(record, to: .eventStreamPolicies)
        return index
    }

    private mutating func emit(_ policy: LoggingPolicy) -> UInt32 {
        var record = LoggingPolicyRecord()
        if let output = policy.output { record.output = sections.add(output) }
        if let template = policy.template { record.template = sections.add(template) }
        record.samplePerMillion = policy.samplePerMillion
        record.level =
            switch policy.level {
            case .error: 2
            case .warning, .notice: 1
            case .info, .debug, .trace, nil: 0
            }
        record.format =
            switch policy.format {
            case .text: 1
            case .json: 2
            case nil: policy.template == nil ? 0 : 3
            }
        let index = sections.count(of: .loggingPolicies)
        sections.append(record, to: .loggingPolicies)
        return index
    }
}
