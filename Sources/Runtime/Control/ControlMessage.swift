/// What a worker tells the control thread.
enum ControlMessage: Sendable {
    /// The worker has set up its event loop and accepts clients.
    case started(workerIndex: Int)
    /// The worker has nothing left after a drain, or was stopped: its `run()` is returning.
    case finished(workerIndex: Int)
    /// The worker could not set up its event loop: its `run()` has returned.
    case failed(workerIndex: Int, SystemError)
    /// No exchange of the worker uses this generation any longer.
    case released(generation: UInt32, workerIndex: Int)
    /// The health checks of an endpoint have come to another verdict: for all workers.
    case health(EndpointName, isDown: Bool)
    /// A health check of an endpoint that some worker has ejected, begun at this time, has succeeded: for all workers.
    case vouched(EndpointName, since: MonotonicMilliseconds)
    /// A piece of an answer about streams.
    case streams(StreamFindings)
    /// What has come of an attempt to tell somebody of an alert.
    case told(UInt64, NoticeOutcome)
    /// No address of an endpoint with a name could be reached: ask again soon. Cheap to repeat.
    case dialFailed(EndpointName)
}
