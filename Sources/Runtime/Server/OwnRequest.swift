import RouteTable

/// A request that the proxy makes itself, and what has come of its answer: what `forward_auth` asks, what is
/// told of alerts, and health checks.
struct OwnRequest {
    /// Most bytes of the content of an answer that is passed on.
    static let contentByteCountMax = 64 * 1_024

    /// Who waits for its answer.
    enum Asker {
        /// A client's request, suspended until then. The route is for the log.
        case request(ConnectionToken, RouteIndex?)
        /// The control thread, with the number of an attempt to tell somebody of an alert.
        case alert(number: UInt64)
        /// The check at this place of the worker's list.
        case healthCheck(place: Int)
    }

    /// How it ended, if nothing of its answer is passed on.
    enum End: Equatable {
        case answered(status: UInt16)
        /// No connection, or none that lasted to the head of an answer.
        case noAnswer(ExchangeFault)
        case timedOut
        /// This process has no room for a connection, which says nothing about whoever was to be asked.
        case noRoom

        /// Whether whoever was asked has not answered as it should.
        var isFailure: Bool {
            switch self {
            case .noAnswer, .timedOut: true
            case .answered, .noRoom: false
            }
        }
    }

    /// What is left of an answer's content.
    enum AnswerContent {
        case none
        case length(UInt64)
        case chunked(ChunkedDecoder)
        case untilClose
    }

    let asker: Asker
    /// The worker's table that it began with, and whom it asks there.
    let table: UInt32
    let endpoint: UInt32
    /// Lower-case names of headers that the answer gives to the request.
    let headers: [[UInt8]]
    /// What is sent.
    let message: [UInt8]
    /// When it has taken too long.
    let deadline: MonotonicMilliseconds
    var connection = ConnectionToken.none
    /// Which address of the endpoint is tried next.
    private var addressIndex: Int
    /// Why the last address did not work out.
    var dialFault = ExchangeFault.upstreamUnreachable
    /// Whether the connection came from the pool, so that its end may mean nothing.
    var isReused = false
    /// Once the head of an answer has come that is passed on.
    var answer: PassedAnswer?
    var content = AnswerContent.none

    /// - Parameter firstAddress: Which address of the endpoint is tried first.
    init(
        _ asker: Asker, _ message: [UInt8], table: UInt32, endpoint: UInt32,
        deadline: MonotonicMilliseconds, firstAddress: Int = 0, headers: [[UInt8]] = []
    ) {
        self.asker = asker
        self.message = message
        self.table = table
        self.endpoint = endpoint
        self.deadline = deadline
        self.headers = headers
        addressIndex = firstAddress
    }

    /// Whether it goes the whole way, certificate and all, as a check does: on a connection of its own, without an
    /// earlier TLS session, to one address.
    var goesTheWholeWay: Bool { if case .healthCheck = asker { true } else { false } }

    /// Whether it is among the requests of its endpoint: checks have figures of their own.
    var isCounted: Bool { !goesTheWholeWay }

    /// Whether it is not lost if the endpoint's name has not been looked up yet.
    var awaitsAddresses: Bool { if case .request = asker { true } else { false } }

    /// The address that is tried next; nil if there is none left.
    mutating func nextAddress(of addresses: [SocketAddress]) -> SocketAddress? {
        guard addressIndex < addresses.count else { return nil }
        defer { addressIndex = goesTheWholeWay ? .max : addressIndex + 1 }
        return addresses[addressIndex]
    }

    /// What is sent where nothing of it comes from a client.
    ///
    /// - Parameter fieldLines: Beside `Host` and `User-Agent`, each with its line break.
    static func message(
        _ method: String, _ target: [UInt8], host: [UInt8], fieldLines: String,
        content: [UInt8] = []
    ) -> [UInt8] {
        Array("\(method) ".utf8) + target + Array(" HTTP/1.1\r\nHost: ".utf8) + host
            + Array("\r\nUser-Agent: wsproxy\r\n\(fieldLines)\r\n".utf8) + content
    }
}
