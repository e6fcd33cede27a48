import RouteTable

/// How picky a choice is. It is made again, less so, if nobody is left.
struct EndpointFilter {
    /// What is done about endpoints that are ejected.
    enum Ejected {
        /// Left out until their time is up.
        case leftOut
        /// Each gets a request that finds out.
        case oneAtATime
        /// Where one is finding out, others may go along.
        case withCompany
    }

    var request: PickRequest
    /// Endpoints that are just back get less than their share.
    var startsSlowly = true
    /// Endpoints that can't be reached in time are left out.
    var leavesOutSuspected = true
    /// Endpoints that have failed this request are left out.
    var leavesOutTried = true
    /// Endpoints that have failed their last request, and such as wait for one that finds out, are left out: who has
    /// failed elsewhere has few attempts left.
    var leavesOutFailing: Bool
    /// Ejected endpoints that were tried in vain a moment ago are left out.
    var leavesOutFailedLately = false
    var ejected = Ejected.leftOut

    init(_ request: PickRequest) {
        self.request = request
        leavesOutFailing = request.hasFailed
    }

    func accepts(_ index: UInt32, _ endpoint: EndpointState, random: inout RandomBits) -> Bool {
        if !endpoint.health.isUnimpaired {
            guard admits(endpoint.health) else { return false }
            if startsSlowly, !isDue(endpoint) {
                let share = endpoint.health.share(now: request.now)
                if share < 256, random.next(below: 256) >= share { return false }
            }
        }
        if leavesOutFailing, endpoint.health.isFailing || endpoint.health.isEjected {
            return false
        }
        if leavesOutSuspected, endpoint.dials.isSuspected(now: request.now) { return false }
        return !leavesOutTried || request.tried.isEmpty || !request.tried.contains(index)
    }

    /// Whether the endpoint, which is accepted, waits for a request that finds out whether it is back. That one goes
    /// there whatever else a strategy looks at.
    func isDue(_ endpoint: EndpointState) -> Bool {
        ejected == .leftOut && endpoint.health.isEjected
    }

    private func admits(_ health: EndpointHealth) -> Bool {
        if ejected == .leftOut { return health.admits(now: request.now) }
        if leavesOutFailedLately, health.hasFailedLately(now: request.now) { return false }
        return ejected == .oneAtATime
            ? health.admitsAtNeed(now: request.now)
            : health.admitsCompanion(now: request.now, hasFailed: request.hasFailed)
    }
}
