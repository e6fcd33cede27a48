import RouteTable

/// The checks of one endpoint: when the next is due, and what has become of the earlier ones.
struct HealthProbe {
    /// Index in the current table's endpoints.
    let endpoint: UInt32
    let name: EndpointName
    let check: ServicePolicy.HealthCheck
    private let host: [UInt8]
    private let opensWebSocket: Bool
    /// What is sent.
    private(set) var message: [UInt8] = []
    /// What the answer to a WebSocket handshake must hold; empty for a plain request.
    private var accept: [UInt8] = []
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
        host = Array((service.proxyHost ?? "\(bare):\(description.port)").utf8)
        opensWebSocket = description.text.hasPrefix("ws")
    }

    /// Writes what the next check sends: each handshake has a key of its own (RFC 6455, 4.1).
    mutating func makeMessage(_ random: inout RandomBits) {
        guard opensWebSocket || message.isEmpty else { return }
        var fieldLines = "Connection: close\r\n"
        if opensWebSocket {
            let key = Self.makeKey(&random)
            // SAFETY: bytes are plain data; the array outlives the call.
            let expected = unsafe WebSocketHandshake.accept(for: key.span.bytes)
            accept = expected.indices.map { expected[$0] }
            fieldLines =
                "Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: \(String(decoding: key, as: UTF8.self))\r\n"
        }
        message = OwnRequest.message(
            "GET", Array(check.path.utf8), host: host, fieldLines: fieldLines)
    }

    /// Sixteen random bytes in base64: of the last digit but the padding only two bits count.
    private static func makeKey(_ random: inout RandomBits) -> [UInt8] {
        let digits = Array(
            "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        var key = (0..<21).map { _ in digits[Int(random.next(below: 64))] }
        key.append(digits[Int(random.next(below: 4)) * 16])
        return key + Array("==".utf8)
    }

    /// Whether an answer is good: a status that is expected, or a WebSocket that is opened.
    ///
    /// - Parameter bytes: The head stands at the start.
    func judge(
        _ head: ResponseHead, fields: borrowing HeaderFields, bytes: RawSpan
    ) -> ProbeFinding {
        guard head.isSwitchingProtocols else {
            let isExpected = check.expectedStatuses.contains(head.status.rawValue)
            return isExpected ? .good : .status(head.status.rawValue)
        }
        guard !accept.isEmpty else { return .noAnswer(.upstreamSwitchedUnasked) }
        guard
            let value = RequestKeys.field(
                Array("sec-websocket-accept".utf8), of: fields, in: bytes),
            Int(value.count) == accept.count
        else { return .notAccepted }
        let holds = accept.indices.allSatisfy {
            bytes.octet(at: value.start + $0) == accept[$0]
        }
        return holds ? .good : .notAccepted
    }
}
