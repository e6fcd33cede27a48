package import RouteTable

/// What one worker knows of one endpoint.
package struct EndpointState {
    enum Resolution: Equatable {
        /// The name was asked for and no answer has come.
        case pending
        case resolved
        case failed
    }

    let name: EndpointName
    let usesTLS: Bool
    /// Prefixed to the forwarded path; may be empty.
    let basePath: [UInt8]
    /// Host and port: what a request is sent with that names no host itself (HTTP/1.0).
    let authority: [UInt8]
    let weight: Int32
    var resolution: Resolution
    var addresses: [SocketAddress]
    /// Which of them is dialled first.
    var order = AddressOrder()
    /// Whether connections to it take too long.
    package var dials = DialWatch()
    /// A dial that no request waits for any more.
    var spareDial = ConnectionToken.none
    /// For smooth weighted round robin.
    var currentWeight: Int32 = 0
    /// The connection put into the pool last; `.max` if there is none.
    var firstPooled: UInt32 = .max
    var pooledCount = 0
    /// Requests under way, WebSockets among them for as long as they live.
    package var activeCount: UInt32 = 0
    /// How long its answers take.
    package var latency = RecentLatency()
    package var health = EndpointHealth()
    /// Whether its addresses come from a name server.
    let isNamed: Bool
    /// The last TLS session; nil without TLS.
    let resumption: TLSResumption?

    package init(_ description: EndpointDescription, name: EndpointName, literal: SocketAddress?) {
        self.name = name
        usesTLS = description.usesTLS
        basePath = Array(description.basePath.utf8)
        let host = description.host.contains(":") ? "[\(description.host)]" : description.host
        authority = Array("\(host):\(description.port)".utf8)
        weight = max(1, Int32(clamping: description.weight))
        resolution = literal == nil ? .pending : .resolved
        isNamed = literal == nil
        resumption = description.usesTLS ? TLSResumption() : nil
        addresses = literal.map { [$0] } ?? []
    }

    /// The address that was dialled last, for the log of an exchange of which no connection is left to ask.
    ///
    /// - Parameter index: What is dialled next.
    func address(triedBefore index: UInt16) -> SocketAddress? {
        addresses.isEmpty ? nil : addresses[min(max(0, Int(index) - 1), addresses.count - 1)]
    }

    /// Whether an address is one of the endpoint's. A name may have had it before.
    func isAt(_ address: SocketAddress) -> Bool { !isNamed || addresses.contains(address) }

    /// A request begins here, or has ended.
    package mutating func count(up: Bool) {
        if up { activeCount += 1 } else { activeCount -= 1 }
    }

    /// It has answered, after so long. One that fails is quick, and shall not be preferred for that.
    package mutating func noteSuccess(
        _ status: UInt16, _ microseconds: UInt64, now: UInt64, _ nowMicroseconds: UInt64
    ) {
        health.succeed(now: now)
        if status < 500 {
            latency.observe(microseconds, now: nowMicroseconds)
        } else {
            latency.fail(after: microseconds, now: nowMicroseconds)
        }
    }

    /// Goes on with what is known of the same endpoint in the table before.
    mutating func inherit(from earlier: EndpointState) {
        // A backend that is listed twice has one heir, which counts for both.
        activeCount += earlier.activeCount
        latency = earlier.latency
        health = earlier.health
        dials = earlier.dials
        currentWeight = earlier.currentWeight
        if isNamed, addresses.isEmpty, !earlier.addresses.isEmpty {
            addresses = earlier.addresses
            resolution = .resolved
        }
    }

    /// What one more request would cost here, for response times. An endpoint that never answered
    /// is tried once; while that lasts, it counts as slow.
    var latencyCost: Double {
        if latency.isUnknown { return activeCount == 0 ? 0 : Double(activeCount) * 1e9 }
        return (latency.value + Double(RecentLatency.grainMicroseconds)) * (Double(activeCount) + 1)
    }
}
