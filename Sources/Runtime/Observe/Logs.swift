/// Where a thread writes what it has to say.
struct Logs: Sendable {
    /// Access lines, as ``AccessLine`` writes them; standard output.
    let access: LogQueue
    /// Everything else; standard error.
    let events: EventLog
    let format: LogFormat
    let level: LogLevel
    /// The files that routes have lines of their own in.
    let outputs = LogOutputs()

    /// Whether access lines are wanted at all. Ask before making one.
    var hasAccessLog: Bool { level >= .info }
}
