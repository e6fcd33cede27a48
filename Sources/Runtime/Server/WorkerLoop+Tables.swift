import RouteTable

/// What the control thread says: tables, addresses, the end.
extension WorkerLoop {
    mutating func readMailbox() {
        mailbox.drain(into: &messages)
        for message in messages { handle(message) }
        messages.removeAll(keepingCapacity: true)
    }

    private mutating func handle(_ message: WorkerMessage) {
        switch message {
        case .adopt(let generation, let listeners): adopt(generation, listeners)
        case .addresses(let name, let addresses):
            setAddresses(name) { endpoint in
                endpoint.addresses = addresses
                endpoint.order = AddressOrder()
                endpoint.resolution = .resolved
            }
        case .addressesFailed(let name, _):
            setAddresses(name) { endpoint in
                if endpoint.addresses.isEmpty { endpoint.resolution = .failed }
            }
        case .health(let name, let isDown): setHealth(name, isDown: isDown)
        case .vouched(let name, let since): vouch(for: name, since: since)
        case .drain(let reason, let deadline): beginDrain(reason, deadline: deadline)
        case .measureLag(let sent):
            metrics.observe(.loopLag, max(sent, Clock.monotonicMicroseconds()) - sent)
        case .tell(let errand): tell(errand)
        case .streams(let inquiry): inquiries.append(OpenInquiry(inquiry))
        case .passwordChecked(let answer): passwordChecked(answer)
        case .letOneGo: letGoForOthers()
        case .stop:
            // By the clock of this turn the deadline may still be to come.
            if drainDeadline != nil { endDrain() }
            isStopped = true
        }
    }

    /// New requests are matched against another table from now on.
    private mutating func adopt(_ generation: TableGeneration, _ new: [WorkerListener]) {
        guard !tables.isFull else {
            replaceListeners(by: new)
            control.post(.released(generation: generation.number, workerIndex: index))
            return logs.events.write(
                .error, "reload.too_many_tables", .number("generation", Int(generation.number)),
                .word(
                    "advice", "connections still use too many older tables; restart to drain them"))
        }
        let old = currentTable
        currentTable =
            tables.insert(WorkerTable(generation, workerIndex: index, registry, logs, now: now))
            .slot
        bequeath(from: old)
        timeouts = ClientTimeouts(generation.settings)
        updateBounds()
        readBytesMax = Limits.readBytes(for: generation.settings)
        closePooled(table: old)
        replaceListeners(by: new)
        passOnStreams()
        setUpProbes(after: tables[old].generation)
        for table in 0..<tables.slotsEnd where tables.isOccupied(table) {
            releaseTableIfUnused(table)
        }
    }

    /// What is known of the endpoints that were there before counts on in the new table.
    private mutating func bequeath(from old: UInt32) {
        let earlier = tables[old].generation
        let counterparts = tables[old].endpoints.map {
            tables[currentTable].counterpart(of: $0.name, in: earlier)
        }
        for (index, heir) in counterparts.enumerated() where heir != .max {
            tables[currentTable].endpoints[Int(heir)].inherit(
                from: tables[old].endpoints[index])
            let service = Int(tables[currentTable].endpoints[Int(heir)].name.service)
            if tables[currentTable].services[service].policy.breaker.consecutiveFailures == 0 {
                tables[currentTable].endpoints[Int(heir)].health.forgetFailures()
            }
            if tables[currentTable].services[service].policy.healthCheck == nil {
                // Nobody would find out that it is well again.
                tables[currentTable].endpoints[Int(heir)].health.set(isDown: false, now: now)
            }
        }
        for endpoint in tables[currentTable].endpoints.indices {
            showEjection(ofEndpoint: UInt32(endpoint), table: currentTable)
        }
        // A table that there was no room for breaks the line.
        let later = tables[currentTable].generation
        let succession = later.number == earlier.number + 1 ? later.succession : nil
        for table in 0..<tables.slotsEnd where tables.isOccupied(table) && table != currentTable {
            tables[table].setHeirs(counterparts, succession)
        }
    }

    private mutating func replaceListeners(by new: [WorkerListener]) {
        closeListeners { id in new.contains { $0.id == id } }
        for listener in new {
            if let place = listeners.firstIndex(where: { $0.id == listener.id }) {
                listeners[place].configPort = listener.configPort
                listeners[place].tls = listener.tls
                listeners[place].acceptsProxyProtocol = listener.acceptsProxyProtocol
                continue
            }
            do throws(SystemError) {
                try open(listener)
            } catch {
                logs.events.write(.error, "listener.failed", .text("reason", error.description))
            }
        }
    }

    /// Lets go of a table that is not current and that no exchange uses.
    mutating func releaseTableIfUnused(_ table: UInt32) {
        guard table != currentTable, tables[table].exchangeCount == 0 else { return }
        let unused = tables.remove(table)
        updateBounds()
        control.post(.released(generation: unused.generation.number, workerIndex: index))
    }

    /// Other tables are in use now. Those of other workers are the same ones, but for a few.
    private mutating func updateBounds() {
        bounds = ClientBounds(
            tables[currentTable].generation.settings, descriptorCountMax: descriptorCountMax,
            ownCount: ClientBounds.ownCount(
                workers: registry.workers.count, listeners: listeners.count, tables: tables.count,
                logFiles: logs.outputs.count))
    }

    private mutating func setAddresses(
        _ name: EndpointName, _ change: (inout EndpointState) -> Void
    ) {
        for table in 0..<tables.slotsEnd
        where tables.isOccupied(table) && tables[table].generation.number == name.generation {
            let endpoint = tables[table].endpointIndex(of: name)
            change(&tables[table].endpoints[endpoint])
            closePooledElsewhere(table: table, endpoint: UInt32(endpoint))
            resumeWaiting(table: table, endpoint: UInt32(endpoint))
        }
    }
}
