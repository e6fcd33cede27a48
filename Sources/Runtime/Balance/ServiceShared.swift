internal import RouteTable

/// What all workers share of one service: made once for a table, apart from the gauges, which a
/// service of the same name takes over from earlier tables.
package final class ServiceShared: Sendable {
    let gauges: ServiceGauges
    let connections: Gauge
    let pending: Gauge
    /// One for each endpoint.
    let endpoints: [Gauge]
    /// Until when each endpoint is ejected in some worker, so that checks of it need be told to nobody else.
    let ejections: [LatestTime]
    /// When the health checks of an endpoint that is down can have found it well, at the earliest.
    let returns: [LatestTime]
    /// What names each endpoint for good, as long as its service has its name.
    let endpointTexts: [String]
    /// The place of each text.
    let places: [String: Int]
    let ring: HashRing?
    /// For `session_affinity`.
    let affinity: AffinityTokens?
    /// Its last good answers; nil if none are kept.
    let kept: KeptAnswers?
    /// Where routes capture what the service hashes.
    let captures: [RouteIndex: RouteCapture]

    /// - Parameter keptBefore: Answers of a service that answers as this one does.
    init(
        _ service: ServiceDescription, in table: borrowing LoadedTable, affinityKey: [UInt8],
        after earlier: ServiceGauges?, keptBefore: KeptAnswers?
    ) {
        let texts = service.endpoints.map { "\($0.text)\($0.basePath)" }
        endpointTexts = texts
        places = Dictionary(
            texts.enumerated().map { ($0.element, $0.offset) },
            uniquingKeysWith: { first, _ in first })
        let gauges = ServiceGauges(texts, after: earlier)
        self.gauges = gauges
        connections = gauges.connections
        pending = gauges.pending
        let parts = texts.map { gauges.endpoints[$0] ?? ServiceGauges.Endpoint() }
        endpoints = parts.map(\.active)
        ejections = parts.map(\.ejection)
        returns = texts.map { _ in LatestTime() }
        ring = ServiceState.ring(for: service)
        affinity = service.policy.affinity.map { affinity in
            AffinityTokens(
                affinity, service: service.name, endpoints: texts, key: affinityKey)
        }
        kept = service.policy.lastGood.map { keptBefore ?? KeptAnswers($0) }
        if case .capture(let name) = service.policy.hashKey {
            captures = table.captures(named: name)
        } else {
            captures = [:]
        }
    }
}
