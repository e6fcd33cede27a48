import RouteTable

/// The strategies: each picks among the endpoints that a filter accepts.
extension ServiceState {
    /// Requests that a consistent hash sends to an endpoint however few the others have: of few requests a quarter
    /// more is one, and who hashes wants what belongs together in one place.
    package static let unboundedCount: UInt32 = 64
    /// So often is drawn at random before all endpoints are looked at.
    private static let drawCountMax: UInt32 = 4

    mutating func pickInTurn(
        from endpoints: [EndpointState], _ filter: EndpointFilter, random: inout RandomBits
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
    func pickSmoothly(
        from endpoints: inout [EndpointState], _ filter: EndpointFilter, random: inout RandomBits
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

    /// The endpoint with the fewest requests, where all weigh the same; of equal ones, those in turn.
    mutating func pickLeastActive(
        from endpoints: [EndpointState], _ filter: EndpointFilter, random: inout RandomBits
    ) -> UInt32? {
        var best: UInt32?
        for step in 0..<endpointCount {
            let place = turn + step
            let index = firstEndpoint + (place < endpointCount ? place : place - endpointCount)
            guard filter.accepts(index, endpoints[Int(index)], random: &random) else { continue }
            if filter.isDue(endpoints[Int(index)]) { return index }
            let bestCount = best.map { endpoints[Int($0)].activeCount } ?? .max
            if best == nil || endpoints[Int(index)].activeCount < bestCount { best = index }
        }
        if let best { turn = (best - firstEndpoint + 1) % endpointCount }
        return best
    }

    /// In turn by weight, among the endpoints that have less under way than their weight entitles them to, were one
    /// more request to be shared out among all. Somebody always has: were `active * totalWeight >= (totalActive + 1)
    /// * weight` for each of them, the sums of both sides were `totalActive * totalWeight >= (totalActive + 1)
    /// * totalWeight`.
    func pickLeastLoaded(
        from endpoints: inout [EndpointState], _ filter: EndpointFilter, random: inout RandomBits
    ) -> UInt32? {
        // Who is just back is accepted by chance: the same ones both times.
        var replay = random
        var totalWeight: Int64 = 0
        var totalActive: Int64 = 0
        for index in self.endpoints {
            guard filter.accepts(index, endpoints[Int(index)], random: &random) else { continue }
            if filter.isDue(endpoints[Int(index)]) { return index }
            totalWeight += Int64(endpoints[Int(index)].weight)
            totalActive += Int64(endpoints[Int(index)].activeCount)
        }
        var totalGain: Int32 = 0
        var best: UInt32?
        for index in self.endpoints {
            guard filter.accepts(index, endpoints[Int(index)], random: &replay) else { continue }
            let weight = Int64(endpoints[Int(index)].weight)
            let isEntitled =
                Int64(endpoints[Int(index)].activeCount) * totalWeight
                < (totalActive + 1) * weight
            // Who has enough to do is the next as soon as that ends, but for one turn at the most: it may have stalled.
            let room = max(0, totalWeight - Int64(endpoints[Int(index)].currentWeight))
            let gain = Int32(clamping: isEntitled ? weight : min(weight, room))
            endpoints[Int(index)].currentWeight &+= gain
            totalGain &+= gain
            let bestWeight = best.map { endpoints[Int($0)].currentWeight } ?? .min
            if isEntitled, endpoints[Int(index)].currentWeight > bestWeight { best = index }
        }
        if let best { endpoints[Int(best)].currentWeight &-= totalGain }
        return best
    }

    /// The first endpoint on the ring behind the hash that may be used.
    ///
    /// - Parameter isBounded: Leaves out endpoints that have much to do, a quarter more than their share
    ///   (Mirrokni, Thorup, Zadimoghaddam 2016), so that one hot key can't crowd one of them.
    func pickByHash(
        from endpoints: [EndpointState], _ filter: EndpointFilter, isBounded: Bool,
        random: inout RandomBits
    ) -> UInt32? {
        guard let ring else { return nil }
        let place = ring.place(of: filter.request.hash)
        var overloaded: UInt32?
        for step in 0..<ring.count {
            let index = firstEndpoint + ring.member(at: place, after: step)
            guard filter.accepts(index, endpoints[Int(index)], random: &random) else { continue }
            if !isBounded || filter.isDue(endpoints[Int(index)])
                || hasRoom(endpoints[Int(index)])
            {
                return index
            }
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
    func pickOfTwo(
        from endpoints: [EndpointState], _ filter: EndpointFilter, random: inout RandomBits
    ) -> UInt32? {
        guard let (first, other) = drawTwo(from: endpoints, filter, random: &random) else {
            return nil
        }
        guard let other else { return first }
        let isLessBusy = endpoints[Int(other)].activeCount < endpoints[Int(first)].activeCount
        return isLessBusy ? other : first
    }

    /// Two to choose between. There is no other one where only one may be used, or the first is due.
    func drawTwo(
        from endpoints: [EndpointState], _ filter: EndpointFilter, random: inout RandomBits
    ) -> (first: UInt32, other: UInt32?)? {
        guard let first = draw(from: endpoints, filter, random: &random, except: .max) else {
            return nil
        }
        guard !filter.isDue(endpoints[Int(first)]),
            let second = draw(from: endpoints, filter, random: &random, except: first)
        else { return (first, nil) }
        return filter.isDue(endpoints[Int(second)]) ? (second, nil) : (first, second)
    }

    /// Any endpoint that may be used, each as likely as the others. Mostly the first that is drawn; where many are
    /// out, all are looked at. Of few always, each once: one that is just back would get more than its share, had it
    /// a chance with each draw.
    private func draw(
        from endpoints: [EndpointState], _ filter: EndpointFilter, random: inout RandomBits,
        except other: UInt32
    ) -> UInt32? {
        let drawCount = endpointCount > 4 * Self.drawCountMax ? Self.drawCountMax : 0
        for _ in 0..<drawCount {
            let place = UInt32(random.next(below: UInt64(endpointCount)))
            let index = firstEndpoint + place
            guard index != other else { continue }
            if filter.accepts(index, endpoints[Int(index)], random: &random) { return index }
        }
        var count: UInt64 = 0
        var choice: UInt32?
        for index in self.endpoints where index != other {
            guard filter.accepts(index, endpoints[Int(index)], random: &random) else { continue }
            count += 1
            if random.next(below: count) == 0 { choice = index }
        }
        return choice
    }

    func pickByWeight(
        from endpoints: [EndpointState], _ filter: EndpointFilter, random: inout RandomBits
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
