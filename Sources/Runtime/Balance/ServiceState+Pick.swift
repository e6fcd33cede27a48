import RouteTable

/// The choice of an endpoint. No allocation and no lock: what it needs belongs to the worker.
extension ServiceState {
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
        if self.endpoints.contains(request.preferred), !request.tried.contains(request.preferred),
            endpoints[Int(request.preferred)].health.admits(now: request.now),
            !endpoints[Int(request.preferred)].dials.isGivenUp(now: request.now)
        {
            return request.preferred
        }
        var filter = EndpointFilter(request)
        if let choice = pick(from: &endpoints, filter, random: &random) { return choice }
        filter.startsSlowly = false
        if let choice = pick(from: &endpoints, filter, random: &random) { return choice }
        if filter.leavesOutFailing {
            // Nothing was made of them yet: they are only not the first to be asked by who has failed elsewhere.
            filter.leavesOutFailing = false
            if let choice = pick(from: &endpoints, filter, random: &random) { return choice }
        }
        if request.onlyWell { return nil }
        return pickAtNeed(from: &endpoints, filter, random: &random)
    }

    /// Where nobody is left of whom nothing is known.
    private mutating func pickAtNeed(
        from endpoints: inout [EndpointState], _ filter: EndpointFilter, random: inout RandomBits
    ) -> UInt32? {
        var filter = filter
        // Who has failed it does so again, and who is late keeps it waiting; who was ejected may be back.
        if filter.request.hasLostConnection {
            var filter = filter
            filter.leavesOutFailedLately = true
            if let choice = pickEjected(from: &endpoints, filter, random: &random) {
                return choice
            }
        }
        filter.leavesOutSuspected = false
        if let choice = pick(from: &endpoints, filter, random: &random) { return choice }
        if !filter.request.tried.isEmpty {
            var filter = filter
            filter.leavesOutTried = false
            if let choice = pick(from: &endpoints, filter, random: &random) { return choice }
        }
        return pickEjected(from: &endpoints, filter, random: &random)
    }

    /// An endpoint that is ejected: one request at a time finds out whether it works again, others go along with
    /// it for a while.
    private mutating func pickEjected(
        from endpoints: inout [EndpointState], _ filter: EndpointFilter, random: inout RandomBits
    ) -> UInt32? {
        guard triesEjected else { return nil }
        var filter = filter
        filter.ejected = .oneAtATime
        if let choice = pick(from: &endpoints, filter, random: &random) { return choice }
        filter.ejected = .withCompany
        filter.leavesOutSuspected = true
        return pick(from: &endpoints, filter, random: &random)
    }

    private mutating func pick(
        from endpoints: inout [EndpointState], _ filter: EndpointFilter, random: inout RandomBits
    ) -> UInt32? {
        switch strategy {
        case .roundRobin: pickInTurn(from: endpoints, filter, random: &random)
        case .weightedRoundRobin: pickSmoothly(from: &endpoints, filter, random: &random)
        case .leastConnections where hasUnevenWeights:
            pickLeastLoaded(from: &endpoints, filter, random: &random)
        case .leastConnections: pickLeastActive(from: endpoints, filter, random: &random)
        case .ipHash: pickByHash(from: endpoints, filter, isBounded: false, random: &random)
        case .consistentHash: pickByHash(from: endpoints, filter, isBounded: true, random: &random)
        case .random: pickOfTwo(from: endpoints, filter, random: &random)
        case .responseTime: pickFaster(from: endpoints, filter, random: &random)
        case .weightedRandom: pickByWeight(from: endpoints, filter, random: &random)
        }
    }
}
