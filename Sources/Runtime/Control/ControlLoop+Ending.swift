extension ControlLoop {
    /// How long a worker may take to close everything after its deadline.
    static let stopMilliseconds: UInt64 = 1000

    func handle(_ signal: SignalDescriptor.Signal, now: UInt64) {
        switch (signal, phase) {
        case (.reload, .serving):
            reload()
        case (.reload, _):
            logs.events.write(.notice, "reload.ignored", .word("reason", "draining"))
        case (.end, .serving):
            let deadline = now + UInt64(options.drainMilliseconds)
            phase = .draining(deadlineMilliseconds: deadline)
            logs.events.write(
                .notice, "drain.begun", .number("timeout_ms", options.drainMilliseconds))
            workers.post(.drain(deadlineMilliseconds: deadline))
        case (.end, _):
            logs.events.write(.notice, "drain.cut", .word("reason", "a second signal"))
            phase = .ended(leavesThreads: true)
        }
    }

    /// Workers close what is left at the deadline of a drain; the process does not trust them to.
    func checkDeadline(now: UInt64) {
        switch phase {
        case .draining(let deadline) where now >= deadline:
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
