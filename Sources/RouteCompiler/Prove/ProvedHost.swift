import Validate

/// One host rule with all that the proofs about it need.
struct ProvedHost {
    let host: LoweredHost
    let configuration: Configuration
    /// A host and port that reach the rule; nil until they were looked for, and where none was found.
    var name: (host: String, port: UInt16?)?
    private(set) var prover: HostProver
    private let maker: RequestMaker
    /// Whether some route asks for the client.
    private let looksAtClients: Bool

    init(_ host: LoweredHost, regexes: [CompiledRegex], configuration: Configuration) {
        self.host = host
        self.configuration = configuration
        prover = HostProver(host.routes, settings: configuration.settings)
        maker = RequestMaker(host.routes, regexes: regexes)
        looksAtClients = host.routes.contains { !$0.rule.conditions.clientAddresses.isEmpty }
    }

    mutating func reach(of rank: Int) -> RouteReach { prover.reach(of: rank) }

    /// A request of a shadowed route and the rank of the route that takes it, regexes included.
    ///
    /// - Returns: nil where no such request can be written down, or it can't be said who takes it.
    mutating func witness(
        _ taken: RouteReach.Taken, ofRoute rank: Int
    ) -> (request: ProofRequest, winner: Int)? {
        let isRegex = prover.forms[rank].regex != nil
        if !isRegex {
            return decided(
                request(of: rank, taken.path.bytes(filler: prover.filler.bytes), taken),
                best: taken.rank, of: rank, taken.point)
        }
        guard let path = maker.samplePath(ofRoute: rank),
            let best = prover.best(
                for: .concrete(path), taken.point, taken.client, ofRoute: rank)
        else { return nil }
        return decided(request(of: rank, path, taken), best: best, of: rank, taken.point)
    }

    /// The request that a route takes which can be reached, if nothing that only PCRE2 can decide takes it first.
    mutating func request(
        ofRoute rank: Int, _ path: GenericPath, _ point: RequestPoint, client: UInt128?
    ) -> ProofRequest? {
        guard prover.forms[rank].regex == nil else { return nil }
        let taken = RouteReach.Taken(path: path, point: point, client: client, rank: rank)
        let request = request(of: rank, path.bytes(filler: prover.filler.bytes), taken)
        let found = decided(request, best: rank, of: rank, point)
        return found?.winner == rank ? found?.request : nil
    }

    private func request(
        of rank: Int, _ path: [UInt8], _ taken: RouteReach.Taken
    ) -> ProofRequest? {
        guard let name else { return nil }
        return maker.request(
            ofRoute: rank, path: path, method: prover.space.methods.name(of: taken.point.method),
            taken.point, client: looksAtClients ? taken.client : nil, host: name)
    }

    private func decided(
        _ request: ProofRequest?, best: Int, of rank: Int, _ point: RequestPoint
    ) -> (request: ProofRequest, winner: Int)? {
        guard let request else { return nil }
        do {
            let opaque = try maker.bestOpaque(
                for: request, better: best, in: prover, at: point)
            return (request, opaque ?? best)
        } catch {
            return nil
        }
    }
}
