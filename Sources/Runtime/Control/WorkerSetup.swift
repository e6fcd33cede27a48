/// What a worker is given when it is made.
///
/// The worker is made on the control thread; its `run()` is called once on a thread of its own, and
/// returns when it has drained or was stopped.
struct WorkerSetup: Sendable {
    /// Counted from 0.
    let index: Int
    let workerCount: Int
    let generation: TableGeneration
    /// In the order of the table; each brings its socket.
    let listeners: [WorkerListener]
    let mailbox: WorkerMailbox
    /// Those of all workers.
    let peers: [WorkerMailbox]
    let control: ControlMailbox
    let logs: Logs
    /// Where it counts, beside all others.
    let registry: MetricsRegistry
    /// One for all workers.
    let register: ConnectionRegister
    /// One for all workers.
    let passwords: PasswordDesk
    /// Descriptors that the whole process may open.
    let descriptorCountMax: UInt64
}
