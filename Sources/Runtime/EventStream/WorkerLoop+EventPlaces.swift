internal import RouteTable

/// How many streams of events there may be.
extension WorkerLoop {
    /// Takes a place for an exchange that asks for events, before anybody is dialled.
    ///
    /// - Returns: Why it gets none.
    mutating func takeEventPlace(_ exchange: inout Exchange) -> StreamRefusal? {
        let policy = eventStreamPolicy(of: exchange)
        guard policy.connectionsMax > 0 || policy.connectionsPerClientMax > 0 else { return nil }
        let limits = StreamLimits(
            countMax: policy.connectionsMax, countPerClientMax: policy.connectionsPerClientMax)
        let taking = takePlace(
            of: policy.middleware, table: exchange.table, for: exchange.clientAddress,
            limits: limits)
        switch taking {
        case .success(let place):
            exchange.hold(place, of: policy.middleware)
            return nil
        case .failure(let refusal):
            metrics.count(refusal == .full ? .limitStreams : .limitStreamsPerClient)
            return refusal
        }
    }

    /// The final head of an answer has come. One of events takes a place if its request did not; any
    /// other gives it back.
    ///
    /// - Returns: Whether the answer is refused, and the client told so.
    mutating func settleEventPlace(_ index: UInt32, _ head: ResponseHead) -> Bool {
        guard head.isEventStream, head.framing != .none else {
            givePlaceBack(index)
            return false
        }
        // The place of a handshake is one for WebSockets; this is none.
        if exchanges[index].flags.contains(.wantsTunnel) { givePlaceBack(index) }
        guard !exchanges[index].flags.contains(.holdsPlace) else { return false }
        var exchange = exchanges[index]
        let refusal = takeEventPlace(&exchange)
        exchanges[index] = exchange
        guard let refusal else { return false }
        _ = exchanges[index].state.streamRefused(refusal.status)
        closeUpstream(index)
        answerFault(
            index, refusal.status, ExchangeFault(refusal),
            retryAfterSeconds: Limits.retryAfterSecondsMin)
        return true
    }

    /// What the middleware of its route says about event streams.
    mutating func eventStreamPolicy(of exchange: Exchange) -> EventStreamPolicy {
        let generation = tables[exchange.table].generation
        let chain = generation.table.chain(of: exchange.route, host: exchange.hostRule)
        return generation.table.eventStreamPolicy(ofChain: chain) ?? EventStreamPolicy()
    }
}
