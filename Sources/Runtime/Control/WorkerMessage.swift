/// What the control thread tells a worker, and workers each other. Sent through its mailbox, handled at a
/// turn boundary.
enum WorkerMessage: Sendable {
    /// Match new requests against this generation; exchanges in flight end on the one they began
    /// with.
    ///
    /// `listeners` is the whole list from now on, in the order of the table. Those that the worker
    /// does not know yet bring a socket; those that it has and that are missing are to be closed.
    case adopt(TableGeneration, listeners: [WorkerListener])
    /// A name has addresses, best first, never none. They replace what the worker had for the
    /// endpoint.
    case addresses(EndpointName, [SocketAddress])
    /// A name has no addresses and never had; a later message may bring some. Nobody waits any
    /// longer.
    case addressesFailed(EndpointName, ResolveFailure)
    /// The health checks of an endpoint have come to another verdict.
    case health(EndpointName, isDown: Bool)
    /// A health check of an endpoint, begun at this time, has succeeded: its ejection need not last.
    case vouched(EndpointName, since: MonotonicMilliseconds)
    /// Close the listeners, let exchanges finish, end streams one by one, be done by the deadline.
    ///
    /// The deadline is CLOCK_MONOTONIC in milliseconds. `run()` returns when nothing is left.
    case drain(DrainReason, deadlineMilliseconds: UInt64)
    /// Note how long this message has waited, since this point on the monotonic clock.
    case measureLag(sentMicroseconds: UInt64)
    /// Describe, count or close streams. Answered by ``ControlMessage/streams(_:)``, in pieces.
    case streams(StreamInquiry)
    /// Tell somebody of an alert. Answered by ``ControlMessage/told(_:_:)``.
    case tell(NoticeErrand)
    /// A password that this worker has asked about was checked.
    case passwordChecked(PasswordAnswer)
    /// Another worker has no room for a client that has come: close one that is idle, if somebody still waits then.
    case letOneGo
    /// Close everything now; `run()` returns.
    case stop
}
