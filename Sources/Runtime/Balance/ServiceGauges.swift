/// What is counted of one service over all workers and tables: a service of the same name goes on with it.
final class ServiceGauges: Sendable {
    /// Of one endpoint.
    struct Endpoint: Sendable {
        let active = Gauge()
        /// Until when it is ejected in some worker, so that checks of it need be told to nobody else.
        let ejection = LatestTime()
    }

    let connections: Gauge
    let pending: Gauge
    /// By what names each endpoint for good; a backend that is listed twice has one for both. Also those that an
    /// earlier table had, while requests to them go on.
    let endpoints: [String: Endpoint]

    /// - Parameter texts: What names each endpoint.
    init(_ texts: [String], after earlier: ServiceGauges?) {
        connections = earlier?.connections ?? Gauge()
        pending = earlier?.pending ?? Gauge()
        var endpoints = earlier?.endpoints.filter { $0.value.active.isInUse } ?? [:]
        for text in texts where endpoints[text] == nil {
            endpoints[text] = earlier?.endpoints[text] ?? Endpoint()
        }
        self.endpoints = endpoints
    }

    /// Whether requests are under way that are counted here.
    var isInUse: Bool {
        connections.isInUse || pending.isInUse || endpoints.values.contains { $0.active.isInUse }
    }
}
