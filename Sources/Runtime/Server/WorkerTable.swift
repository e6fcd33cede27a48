import RouteTable

/// A generation as one worker uses it: its own regex state, pools and turns.
///
/// Kept while it is current or an exchange that began with it lives.
struct WorkerTable: ~Copyable {
    let generation: TableGeneration
    var matcher: Matcher
    var auth: AuthState
    var services: [ServiceState]
    var endpoints: [EndpointState]
    /// What holds for upgraded connections to each service whose route has no `websocket` middleware.
    private let plainTunnels: [TunnelPolicy]
    let headLimits: HeadLimits
    /// Where its routes, services and endpoints are counted.
    var metricSlots: MetricSlots
    /// What `logging` middlewares say, by index.
    let routeLogs: [RouteLogging]
    /// Exchanges that began with it and have not ended.
    var exchangeCount = 0
    /// Once it is not current: the endpoint of the current table that took the place of each; `.max`
    /// if none did.
    private var heirs: [UInt32] = []
    /// Once it is not current: what became of its rules from each table to the next, up to the current one;
    /// nil if that is not known.
    private var successions: [RuleSuccession]? = []

    init(
        _ generation: TableGeneration, workerIndex: Int, _ registry: MetricsRegistry, _ logs: Logs,
        now: MonotonicMilliseconds
    ) {
        self.generation = generation
        routeLogs = logs.routeLogs(of: generation)
        metricSlots = MetricSlots(generation, registry)
        matcher = Matcher(for: generation.table)
        auth = AuthState(
            generation.auth.guards, claimNames: generation.table.claimNames)
        let settings = generation.settings
        headLimits = HeadLimits(
            headByteCountMax: min(Int(settings.headerBytesMax), Limits.headBytesMax),
            targetByteCountMax: Int(settings.urlBytesMax),
            bodyByteCountMax: settings.bodyBytesMax == 0 ? .max : settings.bodyBytesMax)
        services = []
        endpoints = []
        for (serviceIndex, service) in generation.services.enumerated() {
            services.append(
                ServiceState(
                    service, firstEndpoint: UInt32(endpoints.count), start: UInt32(workerIndex),
                    ring: generation.shared[serviceIndex].ring,
                    kept: generation.shared[serviceIndex].kept, now: now))
            for (endpointIndex, endpoint) in service.endpoints.enumerated() {
                let name = EndpointName(
                    generation: generation.number, service: UInt32(serviceIndex),
                    endpoint: UInt32(endpointIndex))
                endpoints.append(
                    EndpointState(
                        endpoint, name: name,
                        literal: generation.literalAddresses[serviceIndex][endpointIndex]))
            }
        }
        plainTunnels = services.map { TunnelPolicy(nil, service: $0) }
    }

    /// What holds for an upgraded connection to a service.
    ///
    /// - Parameter policy: The route's `websocket` middleware; `.max` if it has none.
    mutating func tunnelPolicy(of service: Int, by policy: UInt32) -> TunnelPolicy {
        guard policy != .max else { return plainTunnels[service] }
        return TunnelPolicy(
            generation.webSocketPolicies[Int(policy)].description, service: services[service])
    }

    /// Picks the endpoint of a request to `service`.
    mutating func pickEndpoint(
        of service: UInt32, _ request: PickRequest, random: inout RandomBits
    ) -> UInt32? {
        services[Int(service)].pick(from: &endpoints, request, random: &random)
    }

    /// The endpoint of the current table that goes on for one of this table.
    mutating func heir(of endpoint: UInt32) -> UInt32? {
        guard !heirs.isEmpty, heirs[Int(endpoint)] != .max else { return nil }
        return heirs[Int(endpoint)]
    }

    /// The place of a route in the current table, if it does there what it does here.
    mutating func successor(of route: RouteIndex) -> RouteIndex? {
        guard let successions, !successions.isEmpty else { return nil }
        var route = route
        for succession in successions {
            guard let next = succession.successor(of: route) else { return nil }
            route = next
        }
        return route
    }

    /// The place of a host rule in the current table, if requests to its target end there as they do here.
    mutating func successor(ofHost host: UInt32) -> UInt32? {
        guard let successions, !successions.isEmpty else { return nil }
        var host = host
        for succession in successions {
            guard let next = succession.successor(ofHost: host) else { return nil }
            host = next
        }
        return host
    }

    /// The endpoint with the name that another one has in its table: the same service and the same
    /// text. `.max` if there is none.
    mutating func counterpart(of name: EndpointName, in other: TableGeneration) -> UInt32 {
        let service = other.services[Int(name.service)].name
        let text = other.shared[Int(name.service)].endpointTexts[Int(name.endpoint)]
        guard let place = generation.servicePlaces[service],
            let index = generation.shared[place].places[text]
        else { return .max }
        return services[place].firstEndpoint + UInt32(index)
    }

    /// A newer table is current from now on.
    ///
    /// - Parameters:
    ///   - counterparts: For each endpoint of the table that was current until now, its counterpart in the
    ///     new one.
    ///   - succession: What became of the rules of the table that was current until now; nil if that is not
    ///     known.
    mutating func setHeirs(_ counterparts: [UInt32], _ succession: RuleSuccession?) {
        if let succession { successions?.append(succession) } else { successions = nil }
        heirs =
            heirs.isEmpty
            ? counterparts : heirs.map { $0 == .max ? .max : counterparts[Int($0)] }
    }

    /// The place in ``endpoints`` of an endpoint that a message names.
    mutating func endpointIndex(of name: EndpointName) -> Int {
        Int(services[Int(name.service)].firstEndpoint) + Int(name.endpoint)
    }

    /// Matches a request whose head was parsed.
    ///
    /// - Parameter port: What `port` of host rules is compared with.
    mutating func match(
        _ head: RequestHead, fields: borrowing HeaderFields, bytes: RawSpan, port: UInt32,
        client: ClientAddress, in table: borrowing LoadedTable, draw: UInt32
    ) -> MatchOutcome {
        let view = head.view(
            of: bytes, fields: fields.span, listenerPort: UInt16(truncatingIfNeeded: port),
            client: client)
        return matcher.match(view, in: table, draw: draw)
    }

    /// Fills in the redirect of `route`; the matcher holds the location if it is valid.
    mutating func makeRedirect(
        by route: RouteIndex, _ head: RequestHead, fields: borrowing HeaderFields, bytes: RawSpan,
        port: UInt32, client: ClientAddress, in table: borrowing LoadedTable
    ) -> Bool {
        let view = head.view(
            of: bytes, fields: fields.span, listenerPort: UInt16(truncatingIfNeeded: port),
            client: client)
        return matcher.makeRedirect(by: route, request: view, in: table)
    }

    /// Appends the base path of an endpoint and the path that the last rewrite made.
    ///
    /// Changes nothing here; `mutating` because a borrow of one part of a noncopyable value that is
    /// itself being mutated would borrow all of it (Swift 6.3), the writer included.
    mutating func appendForwardPath(endpoint: UInt32, to target: inout ByteWriter) {
        if !endpoints[Int(endpoint)].basePath.isEmpty {
            let basePath = endpoints[Int(endpoint)].basePath
            // SAFETY: bytes are plain data.
            unsafe target.append(basePath.span.bytes)
        }
        matcher.withForwardPath { target.append($0) }
    }

    /// Appends the path that the last rewrite made. `mutating` as ``appendForwardPath(endpoint:to:)`` is.
    mutating func appendForwardPath(to target: inout ByteWriter) {
        target.append(matcher.forwardPath())
    }

    /// Appends the canonical path of the request that was matched last. `mutating` as
    /// ``appendForwardPath(endpoint:to:)`` is.
    mutating func appendCanonicalPath(to target: inout ByteWriter) {
        matcher.withCanonicalPath { target.append($0) }
    }

    /// Writes the redirect that was made last. `mutating` as ``appendForwardPath(endpoint:to:)`` is.
    mutating func writeRedirect(
        _ status: HTTPStatus, terms: ClientTerms, into writer: inout ByteWriter
    ) {
        StaticAnswer.write(
            status, contentType: RawSpan(), body: RawSpan(), location: matcher.redirectLocation(),
            terms: terms, into: &writer)
    }

    /// Whether `client` is one of `trusted_proxies`.
    mutating func trusts(_ client: ClientAddress) -> Bool {
        guard !generation.settings.trustedProxies.isEmpty else { return false }
        return generation.settings.trustedProxies.contains { $0.contains(client) }
    }
}
