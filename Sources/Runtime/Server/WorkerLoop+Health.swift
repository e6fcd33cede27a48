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
        }
        findNextProbe()
    }

    /// Gives up the checks under way and makes no more.
    mutating func stopProbes() {
        for probe in probes where isAlive(probe.connection) { close(probe.connection.slot) }
        probes = []
        nextProbe = nil
    }

    private mutating func findNextProbe() {
        nextProbe = nil
        for probe in probes where !isAlive(probe.connection) {
            nextProbe = min(nextProbe ?? .max, probe.dueMilliseconds)
        }
    }

    /// Begins the checks that are due.
    mutating func runProbes() {
        guard let due = nextProbe, now >= due else { return }
        for place in probes.indices
        where probes[place].dueMilliseconds <= now && !isAlive(probes[place].connection) {
            beginProbe(place)
        }
        findNextProbe()
    }

    private mutating func beginProbe(_ place: Int) {
        let endpoint = Int(probes[place].endpoint)
        let addresses = tables[currentTable].endpoints[endpoint].addresses
        guard !addresses.isEmpty else {
            if tables[currentTable].endpoints[endpoint].resolution == .pending {
                probes[place].dueMilliseconds = now + Limits.probePauseMilliseconds
            } else {
                scheduleProbe(place)
                noteProbe(place, isGood: false)
            }
            return
        }
        scheduleProbe(place)
        probes[place].deadline = now + UInt64(probes[place].check.timeoutMilliseconds)
        let address = addresses[probes[place].addressIndex % addresses.count]
        // What this process lacks says nothing about the backend: the next check will.
        guard !connections.isFull else { return }
        var isConnected = false
        do throws(SystemError) {
            let socket = try Socket.connect(to: address, isConnected: &isConnected)
            guard let slot = openProbe(socket, to: address, place) else { return }
            if isConnected { finishConnecting(slot) }
        } catch {
            if !error.isOwnShortage { noteProbe(place, isGood: false) }
        }
    }

    private mutating func scheduleProbe(_ place: Int) {
        probes[place].dueMilliseconds =
            now + UInt64(probes[place].check.intervalMilliseconds)
    }

    private mutating func openProbe(
        _ socket: consuming Socket, to address: SocketAddress, _ place: Int
    ) -> UInt32? {
        let endpoint = probes[place].endpoint
        // A check goes the whole way, certificate and all.
        let stream = upstreamStream(
            socket, table: currentTable, endpoint: endpoint, resumes: false)
        var connection = Connection(
            stream: stream, side: .upstream, stage: .connecting, table: currentTable,
            origin: endpoint, peer: address, now: now)
        connection.flags.insert(.isProbe)
        connection.exchange = UInt32(place)
        guard let slot = insert(connection) else { return nil }
        probes[place].connection = token(of: slot)
        arm(slot)
        return slot
    }

    /// The connection for a check is there: the request goes out.
    mutating func probeConnected(_ slot: UInt32) {
        connections[slot].enter(.exchanging, now: now)
        let request = probes[Int(connections[slot].exchange)].request
        // SAFETY: the stream reads the bytes during the call only.
        let transfer = unsafe request.withUnsafeBytes { bytes in
            unsafe connections[slot].stream.write(bytes)
        }
        guard transfer == .moved(byteCount: request.count) else {
            return endProbe(slot, isGood: false)
        }
        if connections[slot].flags.contains(.readable) { enqueue(slot) }
    }

    /// Reads the head of the answer to a check. Its content is of no interest.
    mutating func readProbe(_ slot: UInt32) {
        let held = recall(slot, byteCountMax: .max)
        let reading = read(slot, at: held)
        let end = held + reading.byteCount
        var start = 0
        while start < end {
            var resume = 0
            // SAFETY: nothing is read into the buffer while the span is in use.
            let received = unsafe piece(start..<end)
            let bytes = unsafe RawSpan(_unsafeBytes: received)
            let outcome = ResponseHeadParser.parse(
                bytes, method: .get, limits: HeadLimits(headByteCountMax: Limits.headBytesMax),
                fields: &fields, resume: &resume)
            guard case .complete(let head) = outcome else {
                guard case .incomplete = outcome else { return endProbe(slot, isGood: false) }
                break
            }
            guard head.isInterim else {
                let probe = probes[Int(connections[slot].exchange)]
                let isGood = probe.isGood(head, fields: fields, bytes: bytes)
                return endProbe(slot, isGood: isGood)
            }
            start += head.byteCount
        }
        connections[slot].incoming.clear(to: &blocks)
        let mayGoOn = reading.status == .drained || reading.status == .full
        guard mayGoOn, hold(slot, start..<end) else { return endProbe(slot, isGood: false) }
        if reading.status == .full { enqueue(slot) }
    }

    /// A check has ended.
    mutating func endProbe(_ slot: UInt32, isGood: Bool) {
        let place = Int(connections[slot].exchange)
        close(slot)
        probes[place].connection = .none
        if !isGood { probes[place].addressIndex += 1 }
        noteProbe(place, isGood: isGood)
        findNextProbe()
    }

    private mutating func noteProbe(_ place: Int, isGood: Bool) {
        let endpoint = Int(probes[place].endpoint)
        metrics.count(
            isGood ? .goodChecks : .failedChecks,
            of: tables[currentTable].metricSlots.endpoints[endpoint])
        let check = probes[place].check
        let hasChanged = probes[place].counter.note(
            isGood: isGood, healthy: check.healthyThreshold, unhealthy: check.unhealthyThreshold)
        guard hasChanged else { return }
        control.post(.health(probes[place].name, isDown: probes[place].counter.isDown))
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
