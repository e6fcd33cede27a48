import RouteTable

/// When it is worth coming back to a service that has nobody left.
extension WorkerLoop {
    /// Seconds until some endpoint of the service, or of one that takes over for it, may be there again. Never later.
    mutating func retryAfterSeconds(_ service: UInt32, table: UInt32) -> UInt32 {
        var soonest: MonotonicMilliseconds?
        var next: UInt32? = service
        // The loader has checked that this comes to an end.
        while let service = next {
            let again = returnsAt(service, table: table)
            soonest = [soonest, again].compactMap(\.self).min()
            next = tables[table].services[Int(service)].policy.fallback?.rawValue
        }
        return RetryAfter.seconds(until: soonest, now: now)
    }

    private mutating func returnsAt(_ service: UInt32, table: UInt32) -> MonotonicMilliseconds? {
        let triesEjected = tables[table].services[Int(service)].triesEjected
        let endpoints = tables[table].services[Int(service)].endpoints
        var soonest = MonotonicMilliseconds.max
        for endpoint in endpoints {
            let checked = tables[table].generation.shared[Int(service)]
                .returns[Int(endpoint - endpoints.lowerBound)].value
            let again = tables[table].endpoints[Int(endpoint)].health.returnsAt(
                now: now, triesEjected: triesEjected, checkedGood: checked)
            soonest = min(soonest, again)
        }
        return soonest == .max ? nil : soonest
    }
}
