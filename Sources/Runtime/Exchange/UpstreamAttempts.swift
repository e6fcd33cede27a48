import RouteTable

/// What was tried so far to have a request answered, and how long it may still be tried.
///
/// Only of interest until the head of the answer has come, so it is kept with the request's head: see
/// ``ExchangeRecord``.
struct UpstreamAttempts: BitwiseCopyable {
    /// Where the request should go at the first service that took it.
    var spread = ServiceSpread()
    /// And at the first of those that take over which looks at more of it than where it comes from.
    var takeover = ServiceSpread()
    /// When connecting has taken long enough.
    var dialDeadline: MonotonicMilliseconds = 0
    /// When the next attempt is due.
    var attemptDue: MonotonicMilliseconds = 0
    /// Earlier attempts to connect that go on while a later one has begun.
    var rivals = RivalDials()
    /// With which address of the endpoint its dials begin.
    var firstAddress: UInt16 = 0
    /// How many attempts were moved because their connection was late: those say nothing of the request.
    var moveCount: UInt16 = 0
    /// The address of the connection that was given up last, for the log; nil if there was none.
    var address: SocketAddress?
    /// Endpoints that have failed it.
    var tried = TriedEndpoints()
    /// The service that its route names.
    var askedService: UInt32 = .max
    /// What its route says about WebSockets: index in the table's policies; `.max` if nothing.
    var webSocketPolicy: UInt32 = .max
    /// Attempts after the first.
    var attemptCount: UInt32 = 0
    /// What the proxy took until the request was handed over.
    var ownMicroseconds: UInt32 = 0

    /// Nothing was tried.
    init() {}

    /// - Parameters:
    ///   - spread: Where it should go at the service that took it.
    ///   - takeover: Where at one that takes over.
    ///   - service: That its route names.
    init(
        _ spread: ServiceSpread, takeover: ServiceSpread, _ service: ServiceIndex,
        _ admission: WebSocketAdmission
    ) {
        self.spread = spread
        self.takeover = takeover
        askedService = service.rawValue
        webSocketPolicy = admission.policy
    }
}
