/// What is counted of each route, beside requests by method and status.
package enum RouteCounter: Int, CaseIterable, BitwiseCopyable, Sendable {
    /// Bytes of requests. Neither WebSockets nor event streams, as for the next.
    case receivedBytes
    /// Bytes of answers.
    case sentBytes
    case webSocketsOpened
    /// WebSockets that are open now: counted when one opens, discounted when it ends.
    case webSocketsOpen
    case messagesFromClient
    case messagesFromUpstream
    case webSocketBytesFromClient
    case webSocketBytesFromUpstream
    case streamsOpened
    /// Event streams that are open now.
    case streamsOpen
    case streamEvents
    case streamBytes

    var series: MetricSeries {
        switch self {
        case .receivedBytes: MetricSeries(.receivedBytes)
        case .sentBytes: MetricSeries(.sentBytes)
        case .webSocketsOpened: MetricSeries(.webSocketsOpened)
        case .webSocketsOpen: MetricSeries(.webSocketsOpen)
        case .messagesFromClient: MetricSeries(.webSocketMessages, "from=\"client\"")
        case .messagesFromUpstream: MetricSeries(.webSocketMessages, "from=\"upstream\"")
        case .webSocketBytesFromClient: MetricSeries(.webSocketBytes, "from=\"client\"")
        case .webSocketBytesFromUpstream: MetricSeries(.webSocketBytes, "from=\"upstream\"")
        case .streamsOpened: MetricSeries(.streamsOpened)
        case .streamsOpen: MetricSeries(.streamsOpen)
        case .streamEvents: MetricSeries(.streamEvents)
        case .streamBytes: MetricSeries(.streamBytes)
        }
    }
}
