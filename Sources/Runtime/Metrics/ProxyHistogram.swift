/// Values of the proxy as a whole whose distribution is kept.
package enum ProxyHistogram: Int, CaseIterable, BitwiseCopyable, Sendable {
    /// Microseconds that the proxy itself took for a request.
    case ownTime
    /// Microseconds that a message to a worker waited: how long an event may have to.
    case loopLag

    @inline(always)
    var scale: HistogramScale { .brief }
}
