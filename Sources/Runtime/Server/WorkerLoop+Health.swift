import RouteTable

/// Health checks. The first worker makes them; what they find is passed on to all by the control thread.
extension WorkerLoop {
    /// Begins to check the endpoints of the current table, and no others. What earlier checks in a row
    /// have said of an endpoint that stays counts on.
    ///
    /// - Parameter earlier: The generation that was current before.
    mutating func setUpProbes(after earlier: TableGeneration? = nil) {
        var counters: [UInt32: HealthCounter] = [:]
        if let earlier {
            for probe in probes {
                counters[tables[currentTable].counterpart(of: probe.name, in: earlier)] =
                    probe.counter
            }
        }
        stopProbes()
        guard index == 0, drainDeadline == nil else { return }
        let generation = tables[currentTable].generation
        for place in tables[currentTable].endpoints.indices {
            let name = tables[currentTable].endpoints[place].name
            let service = generation.services[Int(name.service)]
            guard let check = service.policy.healthCheck else { continue }
            let spread = min(UInt64(check.intervalMilliseconds), Limits.firstProbeMillisecondsMax)
            let isDown = tables[currentTable].endpoints[place].health.isDown
            var probe = HealthProbe(
                endpoint: UInt32(place), name: name, service, check, isDown: isDown,
                due: now + random.next(below: spread))
            if let counter = counters[UInt32(place)], counter.isDown == isDown {
                probe.counter = counter
            }
            probes.append(probe)
            showReturn(probes.count - 1)
        }
        findNextProbe()
    }

    /// Gives up the checks under way and makes no more.
    mutating func stopProbes() {
        let underWay = probes.compactMap(\.request)
        probes = []
        nextProbe = nil
        for index in underWay { forget(own: index, keepingConnection: false) }
    }

    private mutating func findNextProbe() {
        nextProbe = nil
        for probe in probes where probe.request == nil {
            nextProbe = min(nextProbe ?? .max, probe.dueMilliseconds)
        }
    }

    /// Begins the checks that are due.
    mutating func runProbes() {
        guard let due = nextProbe, now >= due else { return }
        for place in probes.indices
        where probes[place].dueMilliseconds <= now && probes[place].request == nil {
            beginProbe(place)
        }
        findNextProbe()
    }

    private mutating func beginProbe(_ place: Int) {
        let endpoint = probes[place].endpoint
        let addresses = tables[currentTable].endpoints[Int(endpoint)].addresses
        let interval = UInt64(probes[place].check.intervalMilliseconds)
        guard !addresses.isEmpty else {
            let isPending = tables[currentTable].endpoints[Int(endpoint)].resolution == .pending
            let pause = isPending ? Limits.probePauseMilliseconds : interval
            probes[place].dueMilliseconds = now + pause
            if !isPending {
                let fault = located(.upstreamUnresolved, table: currentTable, endpoint: endpoint)
                noteProbe(place, .noAnswer(fault))
            }
            return
        }
        probes[place].dueMilliseconds = now + interval
        // What this process lacks says nothing about the backend: the next check will.
        guard !ownRequests.isFull else { return }
        probes[place].makeMessage(&random)
        let index = begin(
            OwnRequest(
                .healthCheck(place: place), probes[place].message, table: currentTable,
                endpoint: endpoint,
                deadline: now + UInt64(probes[place].check.timeoutMilliseconds),
                firstAddress: probes[place].addressIndex % addresses.count))
        probes[place].request = index
        send(own: index)
    }

    /// The head of the answer to a check has come. Its content is of no interest.
    mutating func judgeProbe(_ place: Int, _ head: ResponseHead, start: Int, end: Int) {
        // SAFETY: nothing is read into the buffer while the span is in use.
        let received = unsafe piece(start..<end)
        let bytes = unsafe RawSpan(_unsafeBytes: received)
        let finding = probes[place].judge(head, fields: fields, bytes: bytes)
        if let index = probes[place].request {
            if head.isSwitchingProtocols, finding == .good { closeProbe(own: index) }
            forget(own: index, keepingConnection: false)
        }
        endProbe(place, finding)
    }

    /// Says to a backend that the WebSocket which was opened for a check has ended as it should.
    private mutating func closeProbe(own index: UInt32) {
        writer.clear()
        writer.appendClose(
            .normal, reason: RawSpan(), key: UInt32(truncatingIfNeeded: random.next()))
        // What the kernel does not take at once is lost.
        _ = sendWritten(ownRequests[index].connection.slot)
    }

    /// A check has ended.
    ///
    /// - Parameter finding: nil: nothing was found out.
    mutating func endProbe(_ place: Int, _ finding: ProbeFinding?) {
        probes[place].request = nil
        if let finding {
            if finding != .good { probes[place].addressIndex += 1 }
            noteProbe(place, finding)
        }
        findNextProbe()
    }

    private mutating func noteProbe(_ place: Int, _ finding: ProbeFinding) {
        count(
            finding == .good ? .goodChecks : .failedChecks, ofEndpoint: probes[place].endpoint,
            table: currentTable)
        let check = probes[place].check
        let hasChanged = probes[place].counter.note(
            isGood: finding == .good, healthy: check.healthyThreshold,
            unhealthy: check.unhealthyThreshold)
        showReturn(place)
        guard hasChanged else {
            if finding == .good { vouch(place) }
            return
        }
        control.post(
            .health(probes[place].name, isDown: probes[place].counter.isDown, finding))
    }

    /// Says when an endpoint that is down can be up at the earliest: after as many good checks as are missing.
    private mutating func showReturn(_ place: Int) {
        let probe = probes[place]
        guard probe.counter.isDown else { return }
        let missingCount = probe.counter.missingCount(healthy: probe.check.healthyThreshold)
        let moment =
            probe.dueMilliseconds
            + UInt64(missingCount - 1) * UInt64(probe.check.intervalMilliseconds)
        tables[currentTable].generation.shared[Int(probe.name.service)]
            .returns[Int(probe.name.endpoint)].raise(to: moment)
    }

    /// A check was good that changes nothing for itself: whoever has ejected the endpoint is told.
    private mutating func vouch(_ place: Int) {
        let name = probes[place].name
        let ejection = tables[currentTable].generation.shared[Int(name.service)]
            .ejections[Int(name.endpoint)]
        guard !probes[place].counter.isDown, ejection.value > now else { return }
        // The next check is due an interval after this one began.
        let since =
            probes[place].dueMilliseconds - UInt64(probes[place].check.intervalMilliseconds)
        control.post(.vouched(name, since: since))
    }

    /// A check of an endpoint has succeeded that was begun at this time.
    mutating func vouch(for name: EndpointName, since: MonotonicMilliseconds) {
        for table in 0..<tables.slotsEnd
        where tables.isOccupied(table) && tables[table].generation.number == name.generation {
            let endpoint = tables[table].endpointIndex(of: name)
            guard tables[table].endpoints[endpoint].health.vouch(since: since, now: now) else {
                continue
            }
            showEjection(ofEndpoint: UInt32(endpoint), table: table)
        }
    }

    /// The checks of an endpoint have come to another verdict.
    mutating func setHealth(_ name: EndpointName, isDown: Bool) {
        for table in 0..<tables.slotsEnd
        where tables.isOccupied(table) && tables[table].generation.number == name.generation {
            let endpoint = tables[table].endpointIndex(of: name)
            tables[table].endpoints[endpoint].health.set(isDown: isDown, now: now)
            showEjection(ofEndpoint: UInt32(endpoint), table: table)
            guard isDown else { continue }
            while let slot = takePooled(table: table, endpoint: UInt32(endpoint)) { close(slot) }
        }
    }
}

extension ProbeFinding {
    /// What the end of a request without an answer says; nil: nothing.
    init?(_ end: OwnRequest.End) {
        switch end {
        case .answered(let status): self = .status(status)
        case .noAnswer(let fault): self = .noAnswer(fault)
        case .timedOut: self = .timedOut
        case .noRoom: return nil
        }
    }
}
