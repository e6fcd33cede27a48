import RouteTable

/// Streams: WebSockets and event streams, counted, described and closed on demand. An exchange is the
/// record of its stream; nothing is kept twice.
extension WorkerLoop {
    /// Takes a place among the streams of a middleware, for an exchange that is about to begin.
    ///
    /// - Parameter middleware: Index in the table's middlewares.
    mutating func takePlace(
        of middleware: UInt32, table: UInt32, for client: ClientAddress, limits: StreamLimits
    ) -> Result<StreamPlace, StreamRefusal> {
        tables[table].generation.streamPlaces[Int(middleware)].take(client, limits: limits)
    }

    /// Gives back the place of an exchange, if it has taken one.
    mutating func givePlaceBack(_ index: UInt32) {
        guard let place = exchanges[index].takePlace() else { return }
        let middleware = Int(exchanges[index].placeMiddleware)
        tables[exchanges[index].table].generation.streamPlaces[middleware].giveBack(place)
    }

    /// What kind of stream an exchange is; nil for a request.
    mutating func streamKind(of index: UInt32) -> StreamKind? {
        if exchanges[index].state.isTunnel { return .webSocket }
        let isEventStream =
            exchanges[index].state.isStreaming && exchanges[index].flags.contains(.isEventStream)
        return isEventStream ? .eventStream : nil
    }

    /// Goes on with each open question, a bounded piece of it.
    mutating func answerInquiries() {
        var open: [OpenInquiry] = []
        swap(&open, &inquiries)
        for var inquiry in open {
            answer(&inquiry)
            if inquiry.next < exchanges.slotsEnd { inquiries.append(inquiry) }
        }
    }

    private mutating func answer(_ open: inout OpenInquiry) {
        var findings = StreamFindings(number: open.inquiry.number, workerIndex: self.index)
        let end = min(open.next + Limits.streamsPerTurnMax, exchanges.slotsEnd)
        for index in open.next..<end where isMeant(index, by: open.inquiry.selector) {
            // What an operator has ended is not there to be ended again.
            if case .close = open.inquiry.task, isBeingClosed(index) { continue }
            findings.count += 1
            switch open.inquiry.task {
            case .count: break
            case .describe(let countMax):
                guard isBehind(index, open.inquiry.selector.after),
                    open.describedCount < countMax
                else { break }
                open.describedCount += 1
                findings.descriptions.append(description(of: index))
            case .close(let code, let reason): closeStream(index, code, reason)
            }
        }
        open.next = end
        findings.isLast = end >= exchanges.slotsEnd
        control.post(.streams(findings))
    }

    private mutating func isMeant(_ index: UInt32, by selector: StreamSelector) -> Bool {
        guard exchanges.isOccupied(index), let kind = streamKind(of: index) else { return false }
        if let wanted = selector.kind, wanted != kind { return false }
        if let id = selector.id, id != streamID(of: index) { return false }
        if let client = selector.client, client != exchanges[index].clientAddress { return false }
        if let service = selector.service,
            service != tables[exchanges[index].table].services[self.service(of: index)].name
        {
            return false
        }
        if let route = selector.route, route != routeName(of: index) { return false }
        return true
    }

    /// Only descriptions come in pages: all that are meant are counted.
    private mutating func isBehind(_ index: UInt32, _ id: StreamID?) -> Bool {
        guard let id else { return true }
        return self.index == Int(id.worker) ? index > id.slot : self.index > Int(id.worker)
    }

    private mutating func streamID(of index: UInt32) -> StreamID {
        StreamID(
            worker: UInt16(truncatingIfNeeded: self.index), slot: index,
            generation: exchanges.generation(of: index))
    }

    private mutating func routeName(of index: UInt32) -> [UInt8] {
        guard let route = exchanges[index].route else { return [] }
        let generation = tables[exchanges[index].table].generation
        return Self.name(of: route, in: generation.table)
    }

    private static func name(of route: RouteIndex, in table: borrowing LoadedTable) -> [UInt8] {
        table.name(of: route).octetArray
    }

    private mutating func description(of index: UInt32) -> StreamDescription {
        let exchange = exchanges[index]
        let table = exchange.table
        let endpoint = tables[table].endpoints[Int(exchange.endpoint)].name
        let service = tables[table].generation.services[Int(endpoint.service)]
        var activity = connections[exchange.client.slot].lastActivity
        if isAlive(exchange.upstream) {
            activity = max(activity, connections[exchange.upstream.slot].lastActivity)
        }
        var description = StreamDescription(
            id: streamID(of: index), kind: streamKind(of: index) ?? .webSocket, isFramed: false,
            client: exchange.clientAddress, host: exchange.record.host.octetArray,
            path: exchange.record.path.octetArray, route: routeName(of: index),
            service: Array(service.name.utf8),
            endpoint: Array(service.endpoints[Int(endpoint.endpoint)].text.utf8),
            startMicroseconds: exchange.startMicroseconds,
            lastActivityMicroseconds: activity * 1_000, receivedBytes: exchange.receivedBytes,
            sentBytes: exchange.sentBytes, receivedMessages: 0,
            sentMessages: exchange.events.eventCount,
            clientRoundTripMicroseconds: 0, upstreamRoundTripMicroseconds: 0, isClosing: false)
        guard exchange.session != .max else { return description }
        let session = sessions[exchange.session]
        description.isFramed = session.policy.isFramed
        description.receivedMessages = session.client.messageCount
        description.sentMessages = session.upstream.messageCount
        description.clientRoundTripMicroseconds = session.client.roundTripMicroseconds
        description.upstreamRoundTripMicroseconds = session.upstream.roundTripMicroseconds
        description.isClosing = session.isClosing
        return description
    }

    private mutating func isBeingClosed(_ index: UInt32) -> Bool {
        if exchanges[index].session != .max { return sessions[exchanges[index].session].isClosing }
        return exchanges[index].end == .operatorRequest && exchanges[index].endDue <= now
    }

    private mutating func closeStream(_ index: UInt32, _ code: CloseCode, _ reason: CloseReason) {
        switch streamKind(of: index) {
        case .webSocket:
            closeWebSocket(index, code, reason, waitingFor: .both, fault: .closedByOperator)
        case .eventStream: endEventsSoon(index, .operatorRequest)
        case nil: return
        }
    }
}
