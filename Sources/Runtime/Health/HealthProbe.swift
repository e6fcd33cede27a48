import RouteTable

/// The checks of one endpoint: when the next is due, and what has become of the earlier ones.
struct HealthProbe {
    /// Asked for when a WebSocket is opened for a check; any 16 bytes do.
    private static let key: StaticString = "d3Nwcm94eS1oZWFsdGgtMQ=="

    /// Index in the current table's endpoints.
    let endpoint: UInt32
    let name: EndpointName
    let check: ServicePolicy.HealthCheck
    /// What is sent.
    let message: [UInt8]
    /// What the answer to a WebSocket handshake must hold; empty for a plain request.
    private(set) var accept: [UInt8]
    var counter: HealthCounter
    var dueMilliseconds: MonotonicMilliseconds
    /// The check under way: an index in the worker's own requests.
    var request: UInt32?
    /// Which of the endpoint's addresses is tried next.
    var addressIndex = 0

    init(
        endpoint: UInt32, name: EndpointName, _ service: ServiceDescription,
        _ check: ServicePolicy.HealthCheck, isDown: Bool, due: MonotonicMilliseconds
    ) {
        self.endpoint = endpoint
        self.name = name
        self.check = check
        counter = HealthCounter(isDown: isDown)
        dueMilliseconds = due
        let description = service.endpoints[Int(name.endpoint)]
        let bare = description.host.contains(":") ? "[\(description.host)]" : description.host
        let host = service.proxyHost ?? "\(bare):\(description.port)"
        let opensWebSocket = description.text.hasPrefix("ws")
        var fieldLines = "Connection: close\r\n"
        accept = []
        if opensWebSocket {
            fieldLines =
                "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: \(Self.key)\r\n"
            let expected = WebSocketHandshake.accept(for: Self.key.octets)
            accept = expected.indices.map { expected[$0] }
        }
        message = OwnRequest.message(
            "GET", Array(check.path.utf8), host: Array(host.utf8), fieldLines: fieldLines)
    }

    /// Whether an answer is good: a status that is expected, or a WebSocket that is opened.
    ///
    /// - Parameter bytes: The head stands at the start.
    func isGood(_ head: ResponseHead, fields: borrowing HeaderFields, bytes: RawSpan) -> Bool {
        guard head.isSwitchingProtocols else {
            return check.expectedStatuses.contains(head.status.rawValue)
        }
        guard !accept.isEmpty,
            let value = RequestKeys.field(
                Array("sec-websocket-accept".utf8), of: fields, in: bytes),
            Int(value.count) == accept.count
        else { return false }
        return accept.indices.allSatisfy { bytes.octet(at: value.start + $0) == accept[$0] }
    }
}
