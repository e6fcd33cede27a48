import RouteTable

/// What the worker tells the logs. Lines of one turn are collected and handed over once.
extension WorkerLoop {
    /// Writes the line of an exchange that has ended.
    mutating func log(_ index: UInt32) {
        measure(index)
        guard logs.hasAccessLog, !exchanges[index].flags.contains(.hasNoLine) else { return }
        let table = exchanges[index].table
        let rule = routeLog(
            of: exchanges[index].route, host: exchanges[index].hostRule, table: table)
        var form = LogForm.format(logs.format)
        if let rule {
            let routeLog = tables[table].routeLogs[rule]
            let fault = exchanges[index].fault
            guard
                routeLog.wants(
                    status: exchanges[index].status, side: fault.isIntended ? .none : fault.side)
            else { return }
            form = routeLog.form
            directLines(to: routeLog.queue)
        } else {
            directLines(to: logs.access)
        }
        let generation = tables[table].generation
        writeLine(of: exchanges[index], generation.table, generation.digestText, form)
        countLine()
    }

    /// Which `logging` middleware speaks for a request; nil if none does.
    private mutating func routeLog(of route: RouteIndex?, host: UInt32, table: UInt32) -> Int? {
        guard !tables[table].routeLogs.isEmpty else { return nil }
        return tables[table].generation.table.loggingRule(of: route, host: host).map { Int($0) }
    }

    /// Whether a request that begins now has a line, unless its end is of no interest: the middleware's
    /// `sample` decides by lot.
    mutating func drawsLine(of route: RouteIndex?) -> Bool {
        guard logs.hasAccessLog else { return false }
        guard !tables[requestTable].routeLogs.isEmpty else { return true }
        let host = UInt32(tables[requestTable].matcher.hostRuleIndex() ?? 0)
        guard let rule = routeLog(of: route, host: host, table: requestTable) else { return true }
        let share = tables[requestTable].routeLogs[rule].samplePerMillion
        return share >= 1_000_000 || random.next(below: 1_000_000) < UInt64(share)
    }

    /// Lines that follow go to this queue; those that are there go where they were meant to.
    private mutating func directLines(to queue: LogQueue) {
        guard lineQueue !== queue else { return }
        flushLines()
        lineQueue = queue
    }

    private mutating func writeLine(
        of exchange: Exchange, _ table: borrowing LoadedTable, _ digest: [UInt8], _ form: LogForm
    ) {
        let record = exchange.record
        let serviceName = tables[exchange.table].services[service(of: exchange)].name
        let (address, backend) = shownUpstream(of: exchange)
        let upstreamMilliseconds: UInt64? =
            exchange.upstreamHeadMicroseconds == 0
            ? nil
            : (exchange.upstreamHeadMicroseconds - exchange.upstreamStartMicroseconds) / 1_000
        // SAFETY: bytes are plain data.
        let line = unsafe AccessLine(
            client: shownClient(exchange.clientAddress, of: exchange.client.slot),
            method: record.method,
            host: record.host,
            path: record.path,
            requestProtocol: exchange.requestProtocol, dataPath: dataPath(of: exchange),
            webSocketEnd: webSocketEnd(of: exchange),
            status: exchange.status,
            receivedByteCount: exchange.receivedBytes, sentByteCount: exchange.sentBytes,
            totalMilliseconds: (nowMicroseconds - exchange.startMicroseconds) / 1_000,
            upstreamMilliseconds: upstreamMilliseconds,
            routeName: table.loggedName(of: exchange.route),
            routeFile: table.loggedFile(of: exchange.route),
            routeLine: table.loggedLine(of: exchange.route),
            service: serviceName.span.bytes, fallback: exchange.fallback.name,
            upstream: address, upstreamName: backend.span.bytes,
            faultSide: exchange.fault.side, reason: reason(of: exchange),
            requestID: record.requestID, traceID: record.traceID, table: digest.span.bytes)
        Self.write(line, at: logTime, form, into: &lines)
    }

    /// Whom a request was sent to: the address of the connection, while it is there; or the backend's host and port
    /// where that is behind a proxy on the way.
    private mutating func shownUpstream(
        of exchange: Exchange
    ) -> (address: SocketAddress?, backend: [UInt8]) {
        let endpoint = tables[exchange.table].endpoints[Int(exchange.endpoint)]
        if tables[exchange.table].generation.proxyRoute(to: endpoint.name) != nil {
            return (nil, endpoint.authority)
        }
        let upstream = exchange.upstream
        if isAlive(upstream) { return (connections[upstream.slot].peer, []) }
        let tried = endpoint.address(triedBefore: exchange.addressIndex)
        return (exchange.attempts.address ?? tried, [])
    }

    private static func write(
        _ line: borrowing AccessLine, at time: borrowing LogTime, _ form: LogForm,
        into lines: inout ByteWriter
    ) {
        switch form {
        case .format(let format): line.write(into: &lines, at: time, format: format)
        case .template(let template): line.write(into: &lines, at: time, template: template)
        }
    }

    /// Whom a line names: the peer, or without a port whom a trusted proxy names.
    private mutating func shownClient(_ address: ClientAddress, of slot: UInt32) -> SocketAddress {
        let peer = connections[slot].peer
        return address == peer.address ? peer : SocketAddress(address: address, port: 0)
    }

    /// How the bytes of an upgraded connection went.
    private mutating func dataPath(of exchange: Exchange) -> StaticString {
        guard exchange.session != .max else { return "" }
        return sessions[exchange.session].policy.isFramed ? "framed" : "opaque"
    }

    private mutating func webSocketEnd(
        of exchange: Exchange
    ) -> (by: CloseMetric.Side, code: UInt16)? {
        exchange.session == .max ? nil : sessions[exchange.session].end
    }

    private mutating func reason(of exchange: Exchange) -> StaticString {
        guard exchange.session != .max, let fault = sessions[exchange.session].frameFault else {
            return exchange.fault.reason
        }
        return fault.reason
    }

    /// Writes the line of a request that was answered here. Its head is in the scratch buffer.
    mutating func logLocalAnswer(
        _ slot: UInt32, _ head: RequestHead, end: Int, _ answer: LocalAnswer, status: HTTPStatus,
        sentBytes: UInt64
    ) {
        let generation = tables[requestTable].generation
        measureLocalAnswer(
            head, answer, status: status, sentBytes: sentBytes, in: generation.table)
        guard logs.hasAccessLog else { return }
        var form = LogForm.format(logs.format)
        directLines(to: logs.access)
        if let route = answer.route,
            let rule = routeLog(of: route, host: 0, table: requestTable)
        {
            let routeLog = tables[requestTable].routeLogs[rule]
            guard routeLog.wants(status: status.rawValue, side: answer.fault.side),
                drawsLine(of: route)
            else { return }
            form = routeLog.form
            directLines(to: routeLog.queue)
        }
        writeLocalLine(
            slot, head, end: end, answer, status: status, sentBytes: sentBytes, generation.table,
            generation.digestText, form)
        countLine()
    }

    private mutating func writeLocalLine(
        _ slot: UInt32, _ head: RequestHead, end: Int, _ answer: LocalAnswer, status: HTTPStatus,
        sentBytes: UInt64, _ table: borrowing LoadedTable, _ digest: [UInt8], _ form: LogForm
    ) {
        // SAFETY: nothing is read into the buffer while the span is in use.
        let received = unsafe piece(0..<end)
        let bytes = unsafe RawSpan(_unsafeBytes: received)
        let trace = head.traceParent.isEmpty ? RawSpan() : bytes.octets(head.traceParent)
        var service: [UInt8] = []
        if let index = answer.service {
            service = tables[requestTable].services[Int(index.rawValue)].name
        }
        // SAFETY: bytes are plain data.
        let line = unsafe AccessLine(
            client: shownClient(clientAddress(of: slot, bytes), of: slot),
            method: bytes.octets(head.methodRange),
            host: bytes.octets(head.host), path: bytes.octets(head.target),
            requestProtocol: head.requestProtocol, status: status.rawValue,
            receivedByteCount: UInt64(head.byteCount), sentByteCount: sentBytes,
            totalMilliseconds: (nowMicroseconds - requestStartMicroseconds) / 1_000,
            upstreamMilliseconds: nil,
            routeName: table.loggedName(of: answer.route),
            routeFile: table.loggedFile(of: answer.route),
            routeLine: table.loggedLine(of: answer.route),
            service: service.span.bytes, fallback: answer.fallback.name,
            upstream: nil, faultSide: answer.fault.side,
            reason: answer.reason, requestID: bytes.octets(head.requestID),
            traceID: trace.isEmpty ? trace : trace.extracting(TraceParent.traceID),
            table: digest.span.bytes)
        Self.write(line, at: logTime, form, into: &lines)
    }

    /// Writes the line of a request whose head could not be read.
    mutating func logRefusedHead(
        _ slot: UInt32, status: HTTPStatus, reason: StaticString, receivedByteCount: Int,
        sentBytes: UInt64
    ) {
        measureRefusedHead(status: status, sentBytes: sentBytes)
        guard logs.hasAccessLog else { return }
        directLines(to: logs.access)
        let line = AccessLine(
            client: connections[slot].peer, method: RawSpan(), host: RawSpan(), path: RawSpan(),
            requestProtocol: .http, status: status.rawValue,
            receivedByteCount: UInt64(receivedByteCount), sentByteCount: sentBytes,
            totalMilliseconds: (nowMicroseconds - requestStartMicroseconds) / 1_000,
            upstreamMilliseconds: nil,
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
        lineQueue.append(lines.written, lineCount: lineCount)
        lines.clear()
        lineCount = 0
    }

    mutating func logHandshakeFailed(_ slot: UInt32, reason: StaticString) {
        let isClient = connections[slot].side == .client
        metrics.count(isClient ? .failedClientHandshakes : .failedUpstreamHandshakes)
        let level: LogLevel = isClient ? .debug : .warning
        guard logs.events.has(level) else { return }
        logs.events.write(
            level, isClient ? "tls.client_handshake_failed" : "tls.upstream_handshake_failed",
            .text("peer", shownPeer(slot)), .word("reason", reason))
    }

    /// Who speaks TLS on a connection: the peer, or the backend to which a proxy on the way has let bytes through.
    private mutating func shownPeer(_ slot: UInt32) -> String {
        guard connections[slot].flags.contains(.isThroughProxy) else {
            return connections[slot].peer.description
        }
        let endpoint = Int(connections[slot].origin)
        return String(
            decoding: tables[connections[slot].table].endpoints[endpoint].authority,
            as: UTF8.self)
    }

    /// Counts a request whose regexes ran out of steps, and says so at the first, second, fourth,
    /// eighth and so on: an attack must not fill the log.
    mutating func countTooExpensiveMatch(in table: borrowing LoadedTable) {
        tooExpensiveMatchCount += 1
        metrics.count(.regexBudgetExceeded)
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
        metrics.count(pressure.counter)
        guard Self.isDue(&lastSaidPressure[pressure.rawValue], now) else { return }
        logs.events.write(
            .error, event, .number("worker", index), .number("connections", connections.count),
            .word("reason", pressure.reason),
            .word("advice", pressure.advice))
    }

    /// Whether it is to be said now, once in a second at most; if so, that counts as said.
    private static func isDue(
        _ lastSaid: inout MonotonicMilliseconds, _ now: MonotonicMilliseconds
    ) -> Bool {
        guard lastSaid == 0 || now >= lastSaid + 1_000 else { return false }
        lastSaid = now
        return true
    }

    /// Says that a connection was closed for its PROXY header: once a second at most.
    mutating func logRefusedHeader(_ peer: SocketAddress, _ fault: ProxyHeaderFault) {
        guard Self.isDue(&lastSaidRefusedHeader, now) else { return }
        logs.events.write(
            .warning, "proxy_protocol.refused", .text("peer", peer.description),
            .word("reason", fault.reason))
    }
}
