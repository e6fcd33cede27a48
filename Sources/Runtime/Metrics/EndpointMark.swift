/// How an endpoint is now, as a worker sees it: what can't be added up over workers.
package enum EndpointMark: Int, CaseIterable, BitwiseCopyable, Sendable {
    /// From when on it is tried again, in milliseconds of the monotonic clock; 0 if it is not ejected.
    case triedAgainFrom
    /// How long it takes to answer, in microseconds, as of the last answer.
    case latency
    /// When that was, in milliseconds of the monotonic clock; 0 if it has not answered yet.
    case latencyTaken
}
