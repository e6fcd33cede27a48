internal import RouteTable

extension RequestProtocol {
    /// The word for it in log lines.
    var logName: StaticString {
        switch self {
        case .http: "http"
        case .sse: "sse"
        case .webSocket: "websocket"
        }
    }
}
