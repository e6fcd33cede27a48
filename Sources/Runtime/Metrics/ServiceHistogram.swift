/// Values of a service whose distribution is kept.
package enum ServiceHistogram: Int, CaseIterable, BitwiseCopyable, Sendable {
    /// Microseconds from handing a request over, the dial included, to the head of its answer.
    case upstreamDuration

    @inline(always)
    var scale: HistogramScale { .brief }
}
