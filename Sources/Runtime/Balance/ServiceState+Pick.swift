import RouteTable

/// The choice of an endpoint. No allocation and no lock: what it needs belongs to the worker.
extension ServiceState {
    /// Requests that a consistent hash sends to an endpoint however few the others have: of few requests a quarter
    /// more is one, and who hashes wants what belongs together in one place.
    package static let unboundedCount: UInt32 = 64

    /// How picky a choice is. It is made again, less so, if nobody is left.
    private struct Filter {
        var request: PickRequest
        /// Endpoints that are just back get less than their share.
        var startsSlowly = true
        /// Endpoints that can't be reached in time are left out.
        var leavesOutSuspected = true
        /// Endpoints that have failed this request are left out.
        var leavesOutTried = true
        /// Ejected endpoints are left out until their time is up.
        var leavesOutEjected = true

        func accepts(_ index: UInt32, _ endpoint: EndpointState, random: inout RandomBits) -> Bool {
            if !endpoint.health.isUnimpaired {
                let isAdmitted =
                    leavesOutEjected
                    ? endpoint.health.admits(now: request.now)
                    : endpoint.health.admitsAtNeed(now: request.now)
                guard isAdmitted else { return false }
                if startsSlowly {
                    let share = endpoint.health.share(now: request.now)
                    if share < 256, random.next(below: 256) >= share { return false }
                }
            }
            if leavesOutSuspected, endpoint.dials.isSuspected(now: request.now) { return false }
            return !leavesOutTried || request.tried.isEmpty || !request.tried.contains(index)
        }
    }

    /// Picks the endpoint of a request.
    ///
    /// - Parameter endpoints: The worker's endpoints, of all services.
    /// - Returns: Index into `endpoints`; nil if none of the service may be used now.
    /// - Complexity: O(1) for round robin, random and response time, O(log *n*) for hashes while all
    ///   endpoints are well; else O(*n*).
    package mutating func pick(
        from endpoints: inout [EndpointState], _ request: PickRequest, random: inout RandomBits
    ) -> UInt32? {
        precondition(endpointCount > 0, "a service without endpoints passed the loader")
        if endpointCount == 1 {
            return endpoints[Int(firstEndpoint)].health.admits(now: request.now)
                ? firstEndpoint : nil
        }
        var filter = Filter(request: request)
        if self.endpoints.contains(request.preferred), !request.tried.contains(request.preferred),
            endpoints[Int(request.preferred)].health.admits(now: request.now),
            !endpoints[Int(request.preferred)].dials.isGivenUp(now: request.now)
        {
            return request.preferred
        }
        if let choice = pick(from: &endpoints, filter, random: &random) { return choice }
        filter.startsSlowly = false
        if let choice = pick(from: &endpoints, filter, random: &random) { return choice }
        if request.onlyWell { return nil }
        filter.leavesOutSuspected = false
        if let choice = pick(from: &endpoints, filter, random: &random) { return choice }
        if !request.tried.isEmpty {
            filter.leavesOutTried = false
            if let choice = pick(from: &endpoints, filter, random: &random) { return choice }
        }
        guard triesEjected else { return nil }
        filter.leavesOutTried = true
        filter.leavesOutEjected = false
        return pick(from: &endpoints, filter, random: &random)
    }

    private mutating func pick(
        from endpoints: inout [EndpointState], _ filter: Filter, random: inout RandomBits
    ) -> UInt32? {
        switch strategy {
        case .roundRobin: pickInTurn(from: endpoints, filter, random: &random)
        case .weightedRoundRobin: pickSmoothly(from: &endpoints, filter, random: &random)
        case .leastConnections: pickLeastActive(from: endpoints, filter, random: &random)
        case .ipHash: pickByHash(from: endpoints, filter, isBounded: false, random: &random)
        case .consistentHash: pickByHash(from: endpoints, filter, isBounded: true, random: &random)
        case .random: pickOfTwo(from: endpoints, filter, random: &random)
        case .responseTime: pickOfTwo(from: endpoints, filter, random: &random)
        case .weightedRandom: pickByWeight(from: endpoints, filter, random: &random)
        }
    }

    private mutating func pickInTurn(
        from endpoints: [EndpointState], _ filter: Filter, random: inout RandomBits
    ) -> UInt32? {
        for _ in 0..<endpointCount {
            let choice = firstEndpoint + turn
            turn = turn + 1 == endpointCount ? 0 : turn + 1
            if filter.accepts(choice, endpoints[Int(choice)], random: &random) { return choice }
        }
        return nil
    }

    /// Smooth weighted round robin, as nginx does it: everybody gains its weight, the richest is
    /// chosen and pays the sum. Heavy members are spread over the cycle instead of being served in a row.
    private func pickSmoothly(
        from endpoints: inout [EndpointState], _ filter: Filter, random: inout RandomBits
    ) -> UInt32? {
        var total: Int32 = 0
        var best: UInt32?
        for index in self.endpoints {
            guard filter.accepts(index, endpoints[Int(index)], random: &random) else { continue }
            total &+= endpoints[Int(index)].weight
            endpoints[Int(index)].currentWeight &+= endpoints[Int(index)].weight
            let bestWeight = best.map { endpoints[Int($0)].currentWeight } ?? .min
            if endpoints[Int(index)].currentWeight > bestWeight { best = index }
        }
        if let best { endpoints[Int(best)].currentWeight &-= total }
        return best
    }

    /// The endpoint with the fewest requests for its weight; of equal ones, those in turn.
    private mutating func pickLeastActive(
        from endpoints: [EndpointState], _ filter: Filter, random: inout RandomBits
    ) -> UInt32? {
        var best: UInt32?
        var bestLoad: (active: UInt64, weight: UInt64) = (0, 1)
        for step in 0..<endpointCount {
            let place = turn + step
            let index = firstEndpoint + (place < endpointCount ? place : place - endpointCount)
            guard filter.accepts(index, endpoints[Int(index)], random: &random) else { continue }
            let load = (
                active: UInt64(endpoints[Int(index)].activeCount) + 1,
                weight: UInt64(endpoints[Int(index)].weight)
            )
            if best == nil || load.active * bestLoad.weight < bestLoad.active * load.weight {
                best = index
                bestLoad = load
            }
        }
        if let best { turn = (best - firstEndpoint + 1) % endpointCount }
        return best
    }

    /// The first endpoint on the ring behind the hash that may be used.
    ///
    /// - Parameter isBounded: Leaves out endpoints that have much to do, a quarter more than their share
    ///   (Mirrokni, Thorup, Zadimoghaddam 2016), so that one hot key can't crowd one of them.
    private func pickByHash(
        from endpoints: [EndpointState], _ filter: Filter, isBounded: Bool,
        random: inout RandomBits
    ) -> UInt32? {
        guard let ring else { return nil }
        let place = ring.place(of: filter.request.hash)
        var overloaded: UInt32?
        for step in 0..<ring.count {
            let index = firstEndpoint + ring.member(at: place, after: step)
            guard filter.accepts(index, endpoints[Int(index)], random: &random) else { continue }
            if !isBounded || hasRoom(endpoints[Int(index)]) { return index }
            if overloaded == nil { overloaded = index }
        }
        return overloaded
    }

    private func hasRoom(_ endpoint: EndpointState) -> Bool {
        if endpoint.activeCount < Self.unboundedCount { return true }
        let share =
            (UInt64(activeCount) + 1) * UInt64(endpoint.weight) * 5
            / (4 * max(1, totalWeight))
        return UInt64(endpoint.activeCount) < share + 1
    }

    /// The better of two that are drawn: nearly as good as the best of all, for the price of two
    /// looks (Mitzenmacher 2001).
    private func pickOfTwo(
        from endpoints: [EndpointState], _ filter: Filter, random: inout RandomBits
    ) -> UInt32? {
        guard let first = draw(from: endpoints, filter, random: &random, except: .max) else {
            return nil
        }
        guard let second = draw(from: endpoints, filter, random: &random, except: first) else {
            return first
        }
        let (left, right) = (endpoints[Int(first)], endpoints[Int(second)])
        guard strategy == .responseTime else {
            return right.activeCount < left.activeCount ? second : first
        }
        let now = filter.request.nowMicroseconds
        return right.latencyCost(now: now) < left.latencyCost(now: now) ? second : first
    }

    /// Any endpoint that may be used; where the one that was drawn may not, the next one.
    private func draw(
        from endpoints: [EndpointState], _ filter: Filter, random: inout RandomBits,
        except other: UInt32
    ) -> UInt32? {
        let start = UInt32(random.next(below: UInt64(endpointCount)))
        for step in 0..<endpointCount {
            let place = start + step
            let index = firstEndpoint + (place < endpointCount ? place : place - endpointCount)
            guard index != other else { continue }
            if filter.accepts(index, endpoints[Int(index)], random: &random) { return index }
        }
        return nil
    }

    private func pickByWeight(
        from endpoints: [EndpointState], _ filter: Filter, random: inout RandomBits
    ) -> UInt32? {
        // Each endpoint that may be used replaces the choice with the share that it has of those
        // seen so far: one pass, and nothing to be remembered.
        var total: UInt64 = 0
        var choice: UInt32?
        for index in self.endpoints {
            guard filter.accepts(index, endpoints[Int(index)], random: &random) else { continue }
            let weight = UInt64(endpoints[Int(index)].weight)
            total += weight
            if random.next(below: total) < weight { choice = index }
        }
        return choice
    }
}
