import TableFormat
import Validate

extension TableEmitter {
    /// Writes what a `websocket` middleware was told.
    ///
    /// - Returns: Its index in the section of such policies.
    mutating func emit(_ policy: WebSocketPolicy, middleware: UInt32) -> UInt32 {
        var record = WebSocketPolicyRecord()
        record.middleware = middleware
        record.messageBytesMax = policy.messageBytesMax ?? 0
        record.frameBytesMax = policy.frameBytesMax ?? 0
        record.pingIntervalMilliseconds = policy.pingIntervalMilliseconds ?? 0
        record.pongTimeoutMilliseconds = policy.pongTimeoutMilliseconds ?? 0
        record.readTimeoutMilliseconds = policy.readTimeoutMilliseconds ?? 0
        record.writeTimeoutMilliseconds = policy.writeTimeoutMilliseconds ?? 0
        record.connectionsMax = policy.connectionsMax ?? 0
        record.connectionsPerClientMax = policy.connectionsPerClientMax ?? 0
        record.messagesPerMinuteMax =
            policy.limitsMessageRate ? policy.messagesPerMinuteMax ?? 0 : 0
        (record.firstOrigin, record.originCount) = emit(policy.allowedOrigins)
        (record.firstSubprotocol, record.subprotocolCount) = emit(policy.subprotocols)
        record.firstPathPattern = sections.count(of: .pathPatterns)
        record.pathPatternCount = UInt32(policy.pathPatterns.count)
        for path in policy.pathPatterns {
            // Its place was checked when it was read; what is left are limits of the table.
            do {
                try emit(path)
            } catch {
                problems.append(CompileProblem(error, at: nil))
            }
        }
        if policy.checksOrigin { record.flags |= WebSocketPolicyRecord.checksOrigin }
        if policy.tracksConnections { record.flags |= WebSocketPolicyRecord.tracksConnections }
        if policy.isFramed { record.flags |= WebSocketPolicyRecord.isFramed }
        return sections.append(record, to: .webSocketPolicies)
    }

    /// Writes the texts of a list.
    mutating func emit(_ texts: [String]) -> (first: UInt32, count: UInt32) {
        let items = texts.map { text in
            var item = TextItemRecord()
            item.text = sections.add(text)
            return item
        }
        return (
            textItemRuns.add(items, to: .textItems, in: &sections), UInt32(items.count)
        )
    }

    /// Writes a path pattern as a route has one.
    private mutating func emit(
        _ path: WebSocketPolicy.WrittenPath
    ) throws(CompileProblem.Reason) {
        var encoding = RouteEncoding()
        switch path.pattern {
        case .exact(let text): try encoding.set(path: Array(text.utf8))
        case .segments(let segments, let tail):
            guard segments.count <= TableLimits.segmentCountMax else {
                throw .tooManySegments(segments.count)
            }
            encoding.kind = .segments
            if case .subtree = tail { encoding.tail = .open }
            try encoding.set(segments.map(Self.lowered))
        case .regex(let source, let ignoresCase):
            encoding.kind = .regex
            encoding.regex = UInt32(try lowering.addPath(source, ignoresCase: ignoresCase))
        }
        var record = PathPatternRecord()
        record.text = sections.add(path.text)
        record.unit = encoding.append(to: &sections, section: .patternRoutes)
        sections.append(record, to: .pathPatterns)
    }

    private static func lowered(_ segment: PathSegment) -> LoweredSegment {
        switch segment {
        case .literal(let text): .literal(Array(text.utf8))
        case .glob(let texts): .glob(texts.map { Array($0.utf8) })
        case .wildcard: .wildcard
        }
    }
}
