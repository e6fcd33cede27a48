extension ControlLoop {
    /// How long a worker may take to close everything after its deadline.
    static let stopMilliseconds: UInt64 = 1000

    func handle(_ signal: SignalDescriptor.Signal, now: UInt64) {
        switch (signal, phase) {
        case (.tableWanted, _):
            giveWay(now: now)
        case (.reopenLogs, _):
            logs.events.write(.notice, "log.reopened", .number("files", logs.outputs.reopen()))
        case (.reload, .serving):
            reload()
        case (.reload, _):
            logs.events.write(.notice, "reload.ignored", .word("reason", "draining"))
        case (.end, .serving):
            drain(.signal, now: now)
        case (.end, .draining(let deadline, wasSignalled: false)):
            // The drain that was asked for goes on as it began.
            phase = .draining(deadlineMilliseconds: deadline, wasSignalled: true)
            logs.events.write(.notice, "drain.continued", .word("reason", "a signal"))
        case (.end, _):
            logs.events.write(.notice, "drain.cut", .word("reason", "a second signal"))
            phase = .ended(leavesThreads: true)
        }
    }

    /// Begins to end: from now on the proxy is not ready, takes no new client, and ends its streams
    /// one by one until `--drain-timeout` is over; then the process exits with 0.
    ///
    /// - Parameter now: CLOCK_MONOTONIC in milliseconds.
    /// - Returns: Whether it has begun; false if an end was under way already.
    @discardableResult
    func drain(_ reason: DrainReason, now: UInt64) -> Bool {
        guard case .serving = phase else { return false }
        let deadline = now + UInt64(options.drainMilliseconds)
        phase = .draining(deadlineMilliseconds: deadline, wasSignalled: reason == .signal)
        logs.events.write(
            .notice, "drain.begun",
            .word("reason", reason == .signal ? "a signal" : "a request"),
            .number("timeout_ms", options.drainMilliseconds))
        workers.post(.drain(reason, deadlineMilliseconds: deadline))
        return true
    }

    /// When the drain that is under way ends; nil if there is none.
    var drainDeadline: UInt64? {
        if case .draining(let deadline, _) = phase { deadline } else { nil }
    }

    /// Workers close what is left at the deadline of a drain; the process does not trust them to.
    func checkDeadline(now: UInt64) {
        switch phase {
        case .draining(let deadline, _) where now >= deadline:
            logs.events.write(.notice, "drain.timeout")
            workers.post(.stop)
            phase = .stopping(deadlineMilliseconds: now + Self.stopMilliseconds)
        case .stopping(let deadline) where now >= deadline:
            logs.events.write(.error, "drain.abandoned", .word("reason", "a worker does not end"))
            phase = .ended(leavesThreads: true)
        case .serving, .draining, .stopping, .ended:
            break
        }
    }
}
