import RouteTable

/// Which endpoint takes a request, and the places that it has there.
extension WorkerLoop {
    /// A place for one request, taken until it is given back.
    struct Choice: BitwiseCopyable {
        var service: UInt32
        /// Index in the table's endpoints.
        var endpoint: UInt32
    }

    /// What becomes of a request for a service.
    enum Placement {
        case taken(Choice)
        /// The service, or one that takes over for it, has as many requests as it may.
        case full
        /// No endpoint is fit to be asked.
        case nobody
    }

    /// Takes a place at an endpoint of the service, or of one that takes over for it, for a request that has failed.
    ///
    /// - Parameter wasAnswered: What it got was an answer.
    mutating func choose(
        _ service: UInt32, again index: UInt32, wasAnswered: Bool
    ) -> Placement {
        let table = exchanges[index].table
        var service = service
        var isFull = false
        while true {
            var request = pickRequest(again: index, at: service)
            request.hasLostConnection = request.hasFailed && !wasAnswered
            let placement = takePlace(service, request, table: table)
            if case .taken = placement { return placement }
            if case .full = placement { isFull = true }
            // The loader has checked that this comes to an end.
            guard let next = tables[table].services[Int(service)].policy.fallback else {
                return isFull ? .full : .nobody
            }
            service = next.rawValue
        }
    }

    /// Takes a place at an endpoint of this service.
    mutating func takePlace(
        _ service: UInt32, _ request: PickRequest, table: UInt32
    ) -> Placement {
        let connectionsMax = tables[table].services[Int(service)].policy.breaker.connectionsMax
        let pendingMax = tables[table].services[Int(service)].policy.breaker.pendingMax
        if connectionsMax > 0 {
            let gauge = tables[table].generation.shared[Int(service)].connections
            guard gauge.take(limit: connectionsMax) else { return .full }
        }
        if pendingMax > 0 {
            let gauge = tables[table].generation.shared[Int(service)].pending
            guard gauge.take(limit: pendingMax) else {
                giveBackConnection(service, table: table)
                return .full
            }
        }
        let placement = takeEndpoint(service, request, table: table)
        if case .taken = placement { return placement }
        giveBackPending(service, table: table)
        giveBackConnection(service, table: table)
        return placement
    }

    /// Takes a place at an endpoint of the service, without one among those of the service itself.
    mutating func takeEndpoint(
        _ service: UInt32, _ request: PickRequest, table: UInt32
    ) -> Placement {
        let limit = tables[table].generation.settings.activeConnectionsMax
        var next = request
        // As many full endpoints as a request remembers are passed over.
        for _ in 0..<TriedEndpoints.countMax {
            guard let endpoint = tables[table].pickEndpoint(of: service, next, random: &random)
            else { return .nobody }
            if limit == 0 || gauge(of: endpoint, service, table: table).take(limit: limit) {
                return .taken(Choice(service: service, endpoint: endpoint))
            }
            guard !next.tried.contains(endpoint) else { return .full }
            next.tried.insert(endpoint)
        }
        return takeAnyEndpoint(service, request, table: table, limit: limit)
    }

    /// Where the strategy's choices are full, whoever has a place is asked in turn, from anywhere on.
    private mutating func takeAnyEndpoint(
        _ service: UInt32, _ request: PickRequest, table: UInt32, limit: UInt32
    ) -> Placement {
        let endpoints = tables[table].services[Int(service)].endpoints
        let start = UInt32(random.next(below: UInt64(endpoints.count)))
        for step in 0..<UInt32(endpoints.count) {
            let place = (start + step) % UInt32(endpoints.count)
            let endpoint = endpoints.lowerBound + place
            guard tables[table].endpoints[Int(endpoint)].health.admits(now: now),
                !request.tried.contains(endpoint),
                !request.onlyWell
                    || !tables[table].endpoints[Int(endpoint)].dials.isSuspected(now: now),
                gauge(of: endpoint, service, table: table).take(limit: limit)
            else { continue }
            return .taken(Choice(service: service, endpoint: endpoint))
        }
        return .full
    }

    mutating func gauge(of endpoint: UInt32, _ service: UInt32, table: UInt32) -> Gauge {
        let first = tables[table].services[Int(service)].firstEndpoint
        return tables[table].generation.shared[Int(service)].endpoints[Int(endpoint - first)]
    }

    private mutating func giveBackConnection(_ service: UInt32, table: UInt32) {
        guard tables[table].services[Int(service)].policy.breaker.connectionsMax > 0 else { return }
        tables[table].generation.shared[Int(service)].connections.giveBack()
    }

    private mutating func giveBackPending(_ service: UInt32, table: UInt32) {
        guard tables[table].services[Int(service)].policy.breaker.pendingMax > 0 else { return }
        tables[table].generation.shared[Int(service)].pending.giveBack()
    }

    /// Gives a place back that no exchange has entered.
    mutating func giveBack(_ choice: Choice, table: UInt32) {
        giveBackPending(choice.service, table: table)
        giveBackConnection(choice.service, table: table)
        giveBackEndpoint(choice, table: table)
    }

    /// The same where it is none of the service.
    mutating func giveBackEndpoint(_ choice: Choice, table: UInt32) {
        if tables[table].generation.settings.activeConnectionsMax > 0 {
            gauge(of: choice.endpoint, choice.service, table: table).giveBack()
        }
    }

    /// The exchange goes to the endpoint that was chosen for it, and counts there from now on.
    mutating func enter(_ index: UInt32, _ choice: Choice) {
        let table = exchanges[index].table
        exchanges[index].service = ServiceIndex(choice.service)
        exchanges[index].endpoint = choice.endpoint
        exchanges[index].flags.formUnion([.holdsEndpoint, .isPending])
        exchanges[index].flags.remove(.failureNoted)
        if tables[table].endpoints[Int(choice.endpoint)].health.begin(now: now) {
            exchanges[index].flags.insert(.findsOut)
            showEjection(ofEndpoint: choice.endpoint, table: table)
        }
        tables[table].endpoints[Int(choice.endpoint)].latency.ask(now: nowMicroseconds)
        countRequest(atEndpoint: choice.endpoint, table: table, begins: true)
        tables[table].services[Int(choice.service)].count(up: true)
        countActive(table, choice.endpoint, up: true)
    }

    /// There is no other place for the exchange: it stays where it was, and counts there as before.
    mutating func reenter(_ index: UInt32) {
        let table = exchanges[index].table
        let service = UInt32(service(of: index))
        let endpoint = exchanges[index].endpoint
        exchanges[index].flags.insert(.holdsEndpoint)
        // Somebody else may have its place by now: for as long as this answer takes there is one too many.
        if tables[table].services[Int(service)].policy.breaker.connectionsMax > 0 {
            tables[table].generation.shared[Int(service)].connections.takeAnyway()
        }
        if tables[table].generation.settings.activeConnectionsMax > 0 {
            gauge(of: endpoint, service, table: table).takeAnyway()
        }
        count(.activeRequests, ofEndpoint: endpoint, table: table)
        tables[table].services[Int(service)].count(up: true)
        countActive(table, endpoint, up: true)
    }

    /// Lets an exchange that goes from one endpoint of its service to another keep its places there: to be called
    /// before it leaves the first one, for which it has as many twice until then.
    mutating func keepPlaces(_ index: UInt32) {
        let table = exchanges[index].table
        let service = service(of: index)
        let breaker = tables[table].services[service].policy.breaker
        let shared = tables[table].generation.shared[service]
        if breaker.connectionsMax > 0 { shared.connections.takeAnyway() }
        if breaker.pendingMax > 0 { shared.pending.takeAnyway() }
    }

    /// The exchange has a connection: it no longer waits for one.
    mutating func noLongerPending(_ index: UInt32) {
        guard exchanges[index].flags.contains(.isPending) else { return }
        exchanges[index].flags.remove(.isPending)
        giveBackPending(UInt32(service(of: index)), table: exchanges[index].table)
    }

    /// The exchange gives its place back, if it has one.
    mutating func leaveEndpoint(_ index: UInt32) {
        guard exchanges[index].flags.contains(.holdsEndpoint) else { return }
        let wasSent = !exchanges[index].flags.contains(.isPending)
        noLongerPending(index)
        exchanges[index].flags.remove(.holdsEndpoint)
        let table = exchanges[index].table
        let service = UInt32(service(of: index))
        let endpoint = exchanges[index].endpoint
        giveBackConnection(service, table: table)
        giveBackEndpoint(Choice(service: service, endpoint: endpoint), table: table)
        countRequest(atEndpoint: endpoint, table: table, begins: false)
        tables[table].services[Int(service)].count(up: false)
        countActive(table, endpoint, up: false)
        if exchanges[index].flags.contains(.findsOut) {
            exchanges[index].flags.remove(.findsOut)
            for place in places(of: endpoint, table: table) {
                tables[place.table].endpoints[place.index].health.abandonProbe(
                    now: now, wasSent: wasSent)
            }
            showEjection(ofEndpoint: endpoint, table: table)
        }
    }

    /// Counts a request at its endpoint, and at the one that took its place in a newer table.
    private mutating func countActive(_ table: UInt32, _ endpoint: UInt32, up: Bool) {
        for place in places(of: endpoint, table: table) {
            tables[place.table].endpoints[place.index].count(up: up)
        }
    }

    /// Where this worker keeps what it knows of an endpoint.
    mutating func places(of endpoint: UInt32, table: UInt32) -> EndpointPlaces {
        EndpointPlaces(
            endpoint, table: table, heir: tables[table].heir(of: endpoint),
            currentTable: currentTable)
    }
}
