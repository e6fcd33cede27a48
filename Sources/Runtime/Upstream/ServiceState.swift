package import RouteTable

/// What one worker knows of one service: its place in the worker's list of endpoints, and its turn.
package struct ServiceState {
    let firstEndpoint: UInt32
    let endpointCount: UInt32
    let strategy: ServiceDescription.Strategy
    let readTimeoutMilliseconds: UInt64
    let writeTimeoutMilliseconds: UInt64
    let dialTimeoutMilliseconds: UInt64
    /// Host sent upstream instead of the client's; empty for the client's own.
    let proxyHost: [UInt8]
    let name: [UInt8]
    private var turn: UInt32

    /// - Parameter start: Where round robin begins, so that workers do not all begin at one endpoint.
    package init(_ description: ServiceDescription, firstEndpoint: UInt32, start: UInt32) {
        self.firstEndpoint = firstEndpoint
        endpointCount = UInt32(description.endpoints.count)
        strategy = description.strategy
        readTimeoutMilliseconds = UInt64(description.readTimeoutMilliseconds)
        writeTimeoutMilliseconds = UInt64(description.writeTimeoutMilliseconds)
        dialTimeoutMilliseconds = UInt64(description.dialTimeoutMilliseconds)
        proxyHost = Array((description.proxyHost ?? "").utf8)
        name = Array(description.name.utf8)
        turn = endpointCount == 0 ? 0 : start % endpointCount
    }

    /// Picks the endpoint of the next request.
    ///
    /// - Parameter endpoints: The worker's endpoints, of all services.
    /// - Returns: Index into `endpoints`.
    /// - Complexity: O(1) for round robin, O(*n*) in the service's endpoints for weighted.
    package mutating func pick(from endpoints: inout [EndpointState]) -> UInt32 {
        precondition(endpointCount > 0, "a service without endpoints passed the loader")
        guard endpointCount > 1 else { return firstEndpoint }
        switch strategy {
        case .roundRobin:
            let choice = firstEndpoint + turn
            turn = turn + 1 == endpointCount ? 0 : turn + 1
            return choice
        case .weightedRoundRobin:
            return pickSmoothly(from: &endpoints)
        }
    }

    /// Smooth weighted round robin, as nginx does it: everybody gains its weight, the richest is
    /// chosen and pays the sum. Heavy members are spread over the cycle instead of being served in a row.
    private func pickSmoothly(from endpoints: inout [EndpointState]) -> UInt32 {
        var total: Int32 = 0
        var best = firstEndpoint
        for index in firstEndpoint..<firstEndpoint + endpointCount {
            total &+= endpoints[Int(index)].weight
            endpoints[Int(index)].currentWeight &+= endpoints[Int(index)].weight
            if endpoints[Int(index)].currentWeight > endpoints[Int(best)].currentWeight {
                best = index
            }
        }
        endpoints[Int(best)].currentWeight &-= total
        return best
    }
}
