internal import RouteTable

/// What a reload does with streams that are there: those whose route, service and policies are what
/// they were move to the new table; the others are ended, a few at a time.
extension WorkerLoop {
    /// Another table has become current.
    mutating func passOnStreams() {
        var goneCount = 0
        for index in 0..<exchanges.slotsEnd where isLeftBehind(index) {
            if !move(index), exchanges[index].isResumable { goneCount += 1 }
        }
        guard goneCount > 0 else { return }
        var schedule = EndSchedule(
            count: goneCount, from: now, perSecondMax: Limits.reloadEndsPerSecondMax)
        for index in 0..<exchanges.slotsEnd
        where isLeftBehind(index) && exchanges[index].isResumable {
            exchanges[index].endBy(schedule.next(&random), .routeChanged)
            arm(exchanges[index].client.slot)
        }
        logs.events.write(
            .notice, "reload.ends_streams", .number("worker", self.index),
            .number("streams", goneCount))
    }

    /// Whether it is a stream of an older table that nobody has given an end for that yet.
    private mutating func isLeftBehind(_ index: UInt32) -> Bool {
        exchanges.isOccupied(index) && exchanges[index].table != currentTable
            && exchanges[index].isStream && exchanges[index].end != .routeChanged
    }

    /// A stream has begun that was asked for before the current table came.
    mutating func catchUp(_ index: UInt32) {
        let old = exchanges[index].table
        guard old != currentTable else { return }
        if move(index) { return releaseTableIfUnused(old) }
        guard exchanges[index].isResumable else { return }
        exchanges[index].endBy(now + random.next(below: 1_000), .routeChanged)
    }

    /// Has a stream belong to the current table, if its rule and its endpoint are there unchanged.
    private mutating func move(_ index: UInt32) -> Bool {
        guard let place = successor(of: index) else { return false }
        let old = exchanges[index].table
        let service = UInt32(service(of: index))
        let endpoint = exchanges[index].endpoint
        moveLimits(from: (old, service, endpoint), to: place)
        moveFigure(
            from: tables[old].metricSlots.endpoints[Int(endpoint)],
            to: tables[currentTable].metricSlots.endpoints[Int(place.endpoint)])
        tables[old].services[Int(service)].count(up: false)
        tables[currentTable].services[Int(place.service)].count(up: true)
        // The heir has counted it since it took over.
        tables[old].endpoints[Int(endpoint)].count(up: false)
        tables[old].exchangeCount -= 1
        tables[currentTable].exchangeCount += 1
        if exchanges[index].flags.contains(.holdsPlace) {
            exchanges[index].movePlace(to: place.middleware)
        }
        exchanges[index].table = currentTable
        exchanges[index].route = place.route
        exchanges[index].hostRule = place.host
        exchanges[index].service = ServiceIndex(place.service)
        exchanges[index].endpoint = place.endpoint
        let upstream = exchanges[index].upstream.slot
        connections[upstream].table = currentTable
        connections[upstream].origin = place.endpoint
        return true
    }

    private struct Place {
        var route: RouteIndex?
        var host: UInt32
        var service: UInt32
        var endpoint: UInt32
        /// The middleware that counts it, if one does.
        var middleware: UInt32 = .max
    }

    /// Where an exchange of an older table goes on in the current one; nil if it can't.
    private mutating func successor(of index: UInt32) -> Place? {
        let exchange = exchanges[index]
        let earlier = tables[exchange.table].generation
        let later = tables[currentTable].generation
        guard exchange.flags.contains(.holdsEndpoint), isAlive(exchange.upstream),
            let endpoint = tables[exchange.table].heir(of: exchange.endpoint)
        else { return nil }
        let service = tables[currentTable].endpoints[Int(endpoint)].name.service
        guard
            later.services[Int(service)].isReached(
                as: earlier.services[self.service(of: exchange)])
        else { return nil }
        var host: UInt32 = 0
        var route: RouteIndex?
        if let old = exchange.route {
            guard let found = tables[exchange.table].successor(of: old) else { return nil }
            route = found
        } else {
            guard let found = tables[exchange.table].successor(ofHost: exchange.hostRule)
            else { return nil }
            host = found
        }
        var place = Place(route: route, host: host, service: service, endpoint: endpoint)
        guard exchange.flags.contains(.holdsPlace) else { return place }
        let name = earlier.middlewareNames[Int(exchange.placeMiddleware)]
        guard let middleware = later.middlewareNames.firstIndex(of: name) else { return nil }
        place.middleware = UInt32(middleware)
        return place
    }

    /// An endpoint may have been given a place among the figures, or have lost it.
    private mutating func moveFigure(from old: MetricSlot, to new: MetricSlot) {
        guard old != new else { return }
        metrics.discount(.activeRequests, of: old)
        metrics.count(.activeRequests, of: new)
    }

    /// Places are counted only where there is a limit, and a reload may have brought or taken one.
    private mutating func moveLimits(
        from old: (table: UInt32, service: UInt32, endpoint: UInt32), to place: Place
    ) {
        let before = tables[old.table].services[Int(old.service)].policy.breaker.connectionsMax > 0
        let after =
            tables[currentTable].services[Int(place.service)].policy.breaker.connectionsMax > 0
        if before != after {
            let gauge = tables[currentTable].generation.shared[Int(place.service)].connections
            if after { _ = gauge.take(limit: .max) } else { gauge.giveBack() }
        }
        let wasLimited = tables[old.table].generation.settings.activeConnectionsMax > 0
        let isLimited = tables[currentTable].generation.settings.activeConnectionsMax > 0
        if wasLimited != isLimited {
            let gauge = gauge(of: place.endpoint, place.service, table: currentTable)
            if isLimited { _ = gauge.take(limit: .max) } else { gauge.giveBack() }
        }
    }
}

extension ServiceDescription {
    /// Whether its endpoints are spoken to in the same way. What is only asked when one is chosen does
    /// not count.
    func isReached(as other: ServiceDescription) -> Bool {
        name == other.name && proxyHost == other.proxyHost && tls == other.tls
            && policy.proxy == other.policy.proxy
    }
}
