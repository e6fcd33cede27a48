import RouteTable

/// Further attempts at a request that an endpoint has failed.
extension WorkerLoop {
    /// No connection to the endpoint could be made, so nothing was sent: any request may go elsewhere.
    ///
    /// - Parameter carried: What was to be sent; empty for the head alone. Becomes this function's if
    ///   it returns true.
    /// - Returns: Whether there is another attempt.
    mutating func tryAgainElsewhere(_ index: UInt32, carrying carried: PendingBytes) -> Bool {
        guard exchanges[index].state.isConnecting else { return false }
        let fault = exchanges[index].fault
        if fault.isOwnShortage {
            // What is lacking here is lacking for all backends; only of ports there are some for each address.
            guard fault == .outOfPorts, retriesConnectFailure(index), hasAttemptLeft(index) else {
                return false
            }
        }
        return tryAgain(
            index, exchanges[index].fault, carrying: carried, waits: false,
            mayStay: retriesConnectFailure(index))
    }

    /// A fresh connection was lost before any byte of an answer.
    mutating func tryAgainAfterLoss(_ index: UInt32, _ fault: ExchangeFault) -> Bool {
        guard exchanges[index].state.mayStartOver,
            // A connection from the pool may just have been idle for too long.
            !exchanges[index].state.isOnReusedConnection,
            !exchanges[index].flags.contains(.sawAnswer)
        else { return false }
        return tryAgain(
            index, fault, carrying: PendingBytes(), waits: false,
            mayStay: retriesConnectFailure(index))
    }

    /// The backend took too long for the head of its answer, or what came of it is none. Another one of the service
    /// is not asked, for it may well do the same; the service that takes over is.
    mutating func handOver(_ index: UInt32, _ fault: ExchangeFault) -> Bool {
        guard exchanges[index].state.mayStartOver else { return false }
        return tryAgain(index, fault, carrying: PendingBytes(), waits: false, mayStay: false)
    }

    private mutating func retriesConnectFailure(_ index: UInt32) -> Bool {
        tables[exchanges[index].table].services[service(of: index)].policy.retry.onConnectFailure
    }

    /// The endpoint has answered with a final status: its verdict, and another attempt if the service
    /// has it so.
    mutating func tryAgainAfterStatus(_ index: UInt32, _ status: UInt16) -> Bool {
        let table = exchanges[index].table
        let isFailure = tables[table].services[service(of: index)].policy.retry.statuses
            .contains(status)
        guard isFailure else {
            noteSuccess(index, status)
            return false
        }
        let fault = ExchangeFault.upstreamSentFailure
        noteFailure(index, fault)
        guard exchanges[index].state.mayStartOver else { return false }
        return tryAgain(index, fault, carrying: PendingBytes(), waits: true, mayStay: true)
            || standIn(index, fault)
    }

    /// Attempts are used up: what the service has for its failures goes before the answer of the backend.
    private mutating func standIn(_ index: UInt32, _ fault: ExchangeFault) -> Bool {
        guard keptAnswer(to: index, fault) != nil || fallbackAnswer(to: index, fault) != nil else {
            return false
        }
        perform(exchanges[index].state.upstreamFailed(), on: index, fault: fault)
        return true
    }

    /// - Parameters:
    ///   - waits: It was answered, so it waits even if another endpoint is there; where it is the same one, there is
    ///     always a pause.
    ///   - mayStay: At its service, while that has attempts left. Then it is the turn of the one that
    ///     takes over.
    private mutating func tryAgain(
        _ index: UInt32, _ fault: ExchangeFault, carrying carried: PendingBytes, waits: Bool,
        mayStay: Bool
    ) -> Bool {
        let table = exchanges[index].table
        let service = UInt32(service(of: index))
        noteFailure(index, fault)
        guard
            let next = mayStay && hasAttemptLeft(index)
                ? service : tables[table].services[Int(service)].policy.fallback?.rawValue
        else { return false }
        let failed = exchanges[index].endpoint
        exchanges[index].attempts.attemptCount += 1
        exchanges[index].attempts.tried.insert(failed)
        // Its own place may be the only one that is left.
        leaveEndpoint(index)
        guard case .taken(let choice) = choose(next, again: index, wasAnswered: waits) else {
            reenter(index)
            return false
        }
        var carried = carried
        guard fit(&carried, of: index, to: choice) else {
            giveBack(choice, table: table)
            reenter(index)
            return false
        }
        if exchanges[index].state.mayStartOver { exchanges[index].state.startOver() }
        closeUpstream(index)
        enter(index, choice)
        let isTakenOver = choice.service != service
        if isTakenOver {
            exchanges[index].attempts.attemptCount = 0
            exchanges[index].attempts.moveCount = 0
        } else {
            metrics.count(
                .retries, of: tables[table].metricSlots.services[Int(choice.service)])
        }
        exchanges[index].flags.remove(.sawAnswer)
        noteAffinity(again: index)
        exchanges[index].addressIndex = 0
        let pause =
            !isTakenOver && (waits || choice.endpoint == failed)
            ? Backoff.milliseconds(
                before: exchanges[index].attempts.attemptCount,
                tables[table].services[Int(service)].policy.retry, random: &random) : 0
        attempt(index, carrying: carried, after: pause)
        return true
    }

    /// Makes what is to be sent fit another endpoint.
    ///
    /// - Parameter carried: What was to be sent; empty for the head alone.
    /// - Returns: False if it can't be done: there is no room for another head in front of so much content.
    mutating func fit(_ carried: inout PendingBytes, of index: UInt32, to choice: Choice) -> Bool {
        guard needsOtherHead(index, for: choice) else { return true }
        // Nothing was sent: the old head is all there, and what follows it is content.
        let oldHeadCount = min(exchanges[index].record.headByteCount, carried.count)
        let contentCount = carried.count - oldHeadCount
        guard contentCount + Limits.writerBytes <= BlockPool.blockBytesMax else { return false }
        retarget(index, to: choice)
        var renewed = PendingBytes()
        if contentCount > 0 {
            // SAFETY: neither the record nor what is carried changes while they are copied.
            let content = unsafe UnsafeRawBufferPointer(
                rebasing: carried.bytes[oldHeadCount...])
            let hasHead = unsafe renewed.append(exchanges[index].record.head, from: &blocks)
            let hasContent = unsafe renewed.append(content, from: &blocks)
            precondition(hasHead && hasContent, "the room for both was looked at")
        }
        carried.clear(to: &blocks)
        carried = renewed
        return true
    }

    /// Whether a request that was sent nowhere may go to another endpoint of its service.
    mutating func mayMove(_ index: UInt32) -> Bool {
        exchanges[index].state.isConnecting && retriesConnectFailure(index)
            && hasAttemptLeft(index)
    }

    /// Whether the request may be sent once more to its service. Takes that from the budget, unless it was sent
    /// nowhere: then it is no additional one.
    private mutating func hasAttemptLeft(_ index: UInt32) -> Bool {
        let table = exchanges[index].table
        let service = service(of: index)
        return exchanges[index].attempts.attemptCount
            < tables[table].services[service].policy.retry.attempts
            && (exchanges[index].state.isConnecting
                || tables[table].services[service].budget.take(now: now))
    }

    private mutating func attempt(
        _ index: UInt32, carrying carried: PendingBytes, after pause: UInt64
    ) {
        var carried = carried
        let hasContent = carried.count > exchanges[index].record.headByteCount
        // Content that is on its way would have nowhere to wait.
        guard pause > 0, !hasContent else { return redial(index, carrying: carried) }
        carried.clear(to: &blocks)
        exchanges[index].flags.insert(.awaitsBackoff)
        exchanges[index].attempts.attemptDue = now + pause
        arm(exchanges[index].client.slot)
    }

    /// The pause before an attempt is over.
    mutating func attemptNow(_ index: UInt32) {
        exchanges[index].flags.remove(.awaitsBackoff)
        let client = exchanges[index].client
        redial(index, carrying: PendingBytes())
        guard isAlive(client), isExchange(index, of: client) else { return }
        enqueue(client.slot)
    }

    /// Dials again: the time for that begins anew.
    mutating func redial(_ index: UInt32, carrying carried: PendingBytes) {
        beginDialTime(index)
        exchanges[index].attempts.address = nil
        exchanges[index].fault = .none
        exchanges[index].upstreamStartMicroseconds = nowMicroseconds
        dial(index, carrying: carried)
    }

    /// Whether another endpoint wants another head than the one that was written.
    private mutating func needsOtherHead(_ index: UInt32, for choice: Choice) -> Bool {
        let table = exchanges[index].table
        let old = Int(exchanges[index].endpoint)
        return tables[table].endpoints[old].basePath
            != tables[table].endpoints[Int(choice.endpoint)].basePath
            || !changedHost(index, to: choice).isEmpty
    }

    /// Makes the request's head fit another endpoint.
    private mutating func retarget(_ index: UInt32, to choice: Choice) {
        let table = exchanges[index].table
        let oldBasePathCount =
            tables[table].endpoints[Int(exchanges[index].endpoint)].basePath.count
        let basePath = tables[table].endpoints[Int(choice.endpoint)].basePath
        let host = changedHost(index, to: choice)
        writer.clear()
        // SAFETY: the record does not change while its head is read.
        unsafe HeadRetarget.write(
            RawSpan(_unsafeBytes: exchanges[index].record.head),
            oldBasePathCount: oldBasePathCount, basePath: basePath.span.bytes,
            host: host.span.bytes, into: &writer)
        precondition(!writer.isOverflowed, "a head that fits a block fits the writer")
        replaceHead(index)
    }

    /// What Host is to say from now on; empty if it stays.
    private mutating func changedHost(_ index: UInt32, to choice: Choice) -> [UInt8] {
        let table = exchanges[index].table
        let old = tables[table].services[service(of: index)].proxyHost
        let new = tables[table].services[Int(choice.service)].proxyHost
        if !new.isEmpty { return new == old ? [] : new }
        let followsEndpoint =
            exchanges[index].flags.contains(.sendsEndpointHost) || !old.isEmpty
        return followsEndpoint ? tables[table].endpoints[Int(choice.endpoint)].authority : []
    }

    /// The head in ``writer`` becomes the exchange's.
    private mutating func replaceHead(_ index: UInt32) {
        var old = exchanges[index].record
        exchanges[index].record = ExchangeRecord(
            head: writer, method: old.method, host: old.host, path: old.path,
            requestID: old.requestID, traceID: old.traceID, answerChanges: old.answerChanges,
            requestChanges: old.requestChanges, offer: old.offer, pool: &blocks)
        exchanges[index].attempts = old.attempts
        old.release(to: &blocks)
    }
}
