/// Why a stream gets no place.
package enum StreamRefusal: BitwiseCopyable, Equatable, Sendable {
    /// As many as may be are there: 503.
    case full
    /// The client has as many as it may have: 429.
    case fullForClient

    package var status: HTTPStatus {
        switch self {
        case .full: .serviceUnavailable
        case .fullForClient: .tooManyRequests
        }
    }

    /// A few words for the client and the log.
    package var reason: StaticString {
        switch self {
        case .full: "too many connections on this route"
        case .fullForClient: "too many connections of one client on this route"
        }
    }
}
