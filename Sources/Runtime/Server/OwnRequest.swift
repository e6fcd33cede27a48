import RouteTable

/// A request that the proxy makes itself, and what has come of its answer: what `forward_auth` asks, and what is
/// told of alerts.
struct OwnRequest {
    /// Most bytes of the content of an answer that is passed on.
    static let contentByteCountMax = 64 * 1_024

    /// Who waits for its answer.
    enum Asker {
        /// A client's request, suspended until then. The route is for the log.
        case request(ConnectionToken, RouteIndex?)
        /// The control thread, with the number of an attempt to tell somebody of an alert.
        case alert(number: UInt64)
    }

    let asker: Asker
    /// The worker's table that it began with, and whom it asks there.
    let table: UInt32
    let endpoint: UInt32
    /// Lower-case names of headers that the answer gives to the request.
    let headers: [[UInt8]]
    /// What is sent.
    let request: [UInt8]
    /// When it has taken too long.
    let deadline: MonotonicMilliseconds
    var connection = ConnectionToken.none
    /// Which address of the endpoint is tried next.
    var addressIndex = 0
    /// Whether the connection came from the pool, so that its end may mean nothing.
    var isReused = false
    /// Once the head of an answer has come that is passed on.
    var answer: PassedAnswer?
    var content = AnswerContent.none

    /// What is left of an answer's content.
    enum AnswerContent {
        case none
        case length(UInt64)
        case chunked(ChunkedDecoder)
        case untilClose
    }
}
