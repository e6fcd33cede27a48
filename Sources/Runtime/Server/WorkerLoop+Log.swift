import RouteTable

/// What the worker tells the logs. Lines of one turn are collected and handed over once.
extension WorkerLoop {
    /// Writes the line of an exchange that has ended.
    mutating func log(_ index: UInt32) {
        guard logs.hasAccessLog else { return }
        let generation = tables[exchanges[index].table].generation
        writeLine(of: exchanges[index], generation.table)
        countLine()
    }

    private mutating func writeLine(of exchange: Exchange, _ table: borrowing LoadedTable) {
        let record = exchange.record
        let serviceName = tables[exchange.table].services[service(of: exchange)].name
        let endpoint = Int(exchange.endpoint)
        let address =
            tables[exchange.table].endpoints[endpoint]
            .address(triedBefore: exchange.addressIndex)
        let upstreamMilliseconds: UInt64? =
            exchange.upstreamHeadMicroseconds == 0
            ? nil
            : (exchange.upstreamHeadMicroseconds - exchange.upstreamStartMicroseconds) / 1_000
        // SAFETY: bytes are plain data.
        let line = unsafe AccessLine(
            client: connections[exchange.client.slot].peer,
            method: record.method,
            host: record.host,
            path: record.path,
            requestProtocol: exchange.requestProtocol, status: exchange.status,
            receivedByteCount: exchange.receivedBytes, sentByteCount: exchange.sentBytes,
            totalMilliseconds: (nowMicroseconds - exchange.startMicroseconds) / 1_000,
            upstreamMilliseconds: upstreamMilliseconds,
            routeName: table.loggedName(of: exchange.route),
            routeFile: table.loggedFile(of: exchange.route),
            routeLine: table.loggedLine(of: exchange.route),
            service: serviceName.span.bytes,
            upstream: address, faultSide: exchange.fault.side, reason: exchange.fault.reason)
        line.write(into: &lines, at: logTime, format: logs.format)
    }

    /// Writes the line of a request that was answered here. Its head is in the scratch buffer.
    mutating func logLocalAnswer(
        _ slot: UInt32, _ head: RequestHead, end: Int, _ answer: LocalAnswer, status: HTTPStatus,
        sentBytes: UInt64
    ) {
        guard logs.hasAccessLog else { return }
        let generation = tables[requestTable].generation
        writeLocalLine(
            slot, head, end: end, answer, status: status, sentBytes: sentBytes, generation.table)
        countLine()
    }

    private mutating func writeLocalLine(
        _ slot: UInt32, _ head: RequestHead, end: Int, _ answer: LocalAnswer, status: HTTPStatus,
        sentBytes: UInt64, _ table: borrowing LoadedTable
    ) {
        // SAFETY: nothing is read into the buffer while the span is in use.
        let received = unsafe piece(0..<end)
        let bytes = unsafe RawSpan(_unsafeBytes: received)
        let line = AccessLine(
            client: connections[slot].peer, method: bytes.octets(head.methodRange),
            host: bytes.octets(head.host), path: bytes.octets(head.target),
            requestProtocol: head.requestProtocol, status: status.rawValue,
            receivedByteCount: UInt64(head.byteCount), sentByteCount: sentBytes,
            totalMilliseconds: 0, upstreamMilliseconds: nil,
            routeName: table.loggedName(of: answer.route),
            routeFile: table.loggedFile(of: answer.route),
            routeLine: table.loggedLine(of: answer.route),
            service: RawSpan(), upstream: nil, faultSide: answer.fault.side,
            reason: answer.fault.reason)
        line.write(into: &lines, at: logTime, format: logs.format)
    }

    /// Writes the line of a request whose head could not be read.
    mutating func logRefusedHead(
        _ slot: UInt32, status: HTTPStatus, reason: StaticString, sentBytes: UInt64
    ) {
        guard logs.hasAccessLog else { return }
        let line = AccessLine(
            client: connections[slot].peer, method: RawSpan(), host: RawSpan(), path: RawSpan(),
            requestProtocol: .http, status: status.rawValue, receivedByteCount: 0,
            sentByteCount: sentBytes, totalMilliseconds: 0, upstreamMilliseconds: nil,
            routeName: RawSpan(), routeFile: RawSpan(), routeLine: 0, service: RawSpan(),
            upstream: nil, faultSide: .client, reason: reason)
        line.write(into: &lines, at: logTime, format: logs.format)
        countLine()
    }

    private mutating func countLine() {
        lineCount += 1
        if lines.capacity - lines.count < AccessLine.byteCountMax { flushLines() }
    }

    /// Hands the collected lines over to the log's own thread.
    mutating func flushLines() {
        guard lineCount > 0 else { return }
        logs.access.append(lines.written, lineCount: lineCount)
        lines.clear()
        lineCount = 0
    }

    func logHandshakeFailed(_ slot: UInt32, reason: StaticString) {
        let isClient = connections[slot].side == .client
        let level: LogLevel = isClient ? .debug : .warning
        guard logs.events.has(level) else { return }
        logs.events.write(
            level, isClient ? "tls.client_handshake_failed" : "tls.upstream_handshake_failed",
            .text("peer", connections[slot].peer.description), .word("reason", reason))
    }

    /// Counts a request whose regexes ran out of steps, and says so at the first, second, fourth,
    /// eighth and so on: an attack must not fill the log.
    mutating func countTooExpensiveMatch(in table: borrowing LoadedTable) {
        tooExpensiveMatchCount += 1
        guard tooExpensiveMatchCount.nonzeroBitCount == 1, logs.events.has(.warning) else { return }
        let rule = tables[requestTable].matcher.hostRuleIndex().map { table.hostRuleText(at: $0) }
        logs.events.write(
            .warning, "match.too_expensive", .number("worker", index),
            .number("requests", tooExpensiveMatchCount),
            .text("host_rule", rule ?? "a host pattern"),
            .word("advice", "wsroute explain shows the steps of each regex of the host"))
    }

    /// Says that clients are turned away or let go: once a second at most, however many they are.
    mutating func logPressure(_ event: StaticString, _ pressure: Pressure) {
        guard saysPressure(Int(pressure.rawValue)) else { return }
        logs.events.write(
            .error, event, .number("worker", index), .number("connections", connections.count),
            .word("reason", pressure.reason),
            .word(
                "advice",
                "raise limits.max_connections or the limit of open files, or find who asks"))
    }

    private mutating func saysPressure(_ kind: Int) -> Bool {
        guard lastSaidPressure[kind] == 0 || now >= lastSaidPressure[kind] + 1_000 else {
            return false
        }
        lastSaidPressure[kind] = now
        return true
    }

    /// Says that a connection was closed for its PROXY header: once a second at most.
    mutating func logRefusedHeader(_ peer: SocketAddress, _ fault: ProxyHeaderFault) {
        guard saysPressure(3) else { return }
        logs.events.write(
            .warning, "proxy_protocol.refused", .text("peer", peer.description),
            .word("reason", fault.reason))
    }
}
