/// Values of a route whose distribution is kept.
package enum RouteHistogram: Int, CaseIterable, BitwiseCopyable, Sendable {
    /// Microseconds from the first byte of a request to the last of its answer. Neither WebSockets nor
    /// event streams.
    case requestDuration
    /// Microseconds that a WebSocket was open.
    case webSocketDuration
    /// Microseconds that an event stream was open.
    case streamDuration
    /// Microseconds from a ping of ours to the client's pong.
    case pingTimeOfClient
    /// The same for the upstream.
    case pingTimeOfUpstream
    /// Bytes of a message of a client, where frames are read.
    case messageSizeFromClient
    /// The same of an upstream.
    case messageSizeFromUpstream

    @inline(always)
    var scale: HistogramScale {
        switch self {
        case .requestDuration, .pingTimeOfClient, .pingTimeOfUpstream: .brief
        case .webSocketDuration, .streamDuration: .long
        case .messageSizeFromClient, .messageSizeFromUpstream: .bytes
        }
    }
}
