/// The workers of the process, as the control thread sees them.
struct WorkerTeam {
    private let mailboxes: [WorkerMailbox]
    private let control: ControlMailbox
    /// Made, but not running before ``start()``.
    private var waiting: [Worker]
    private var threads: [PosixThread] = []
    private var finished: Set<Int> = []

    /// Makes the workers without starting them.
    ///
    /// - Parameter listeners: One list for each worker.
    init(
        listeners: [[WorkerListener]], generation: TableGeneration, control: ControlMailbox,
        logs: Logs, registry: MetricsRegistry, descriptorCountMax: UInt64
    ) throws(SystemError) {
        var mailboxes: [WorkerMailbox] = []
        var workers: [Worker] = []
        for _ in listeners { mailboxes.append(WorkerMailbox(wakeup: try WakeupDescriptor())) }
        let register = ConnectionRegister(workerCount: listeners.count)
        let passwords = try PasswordDesk()
        for (index, assigned) in listeners.enumerated() {
            workers.append(
                Worker(
                    WorkerSetup(
                        index: index, workerCount: listeners.count, generation: generation,
                        listeners: assigned, mailbox: mailboxes[index], peers: mailboxes,
                        control: control, logs: logs, registry: registry,
                        register: register, passwords: passwords,
                        descriptorCountMax: descriptorCountMax)))
        }
        self.mailboxes = mailboxes
        self.control = control
        self.waiting = workers
    }

    var count: Int { mailboxes.count }

    /// Whether every worker has come to its end.
    var isFinished: Bool { finished.count == count }

    /// Lets each worker run on a thread of its own.
    mutating func start() throws(SystemError) {
        for (index, worker) in waiting.enumerated() {
            let control = control
            threads.append(
                try PosixThread(name: "worker-\(index)") {
                    do throws(SystemError) {
                        try worker.run()
                    } catch {
                        control.post(.failed(workerIndex: index, error))
                    }
                })
        }
        waiting = []
    }

    /// Tells all workers the same.
    func post(_ message: WorkerMessage) {
        for mailbox in mailboxes { mailbox.post(message) }
    }

    /// Tells one worker, those that run in turn.
    ///
    /// - Returns: False if none runs.
    func post(_ message: WorkerMessage, toOneOf turn: UInt64) -> Bool {
        let running = mailboxes.indices.filter { !finished.contains($0) }
        guard !running.isEmpty else { return false }
        mailboxes[running[Int(turn % UInt64(running.count))]].post(message)
        return true
    }

    /// Tells each worker about a generation and its own listeners.
    func adopt(_ generation: TableGeneration, listeners: [[WorkerListener]]) {
        for (mailbox, assigned) in zip(mailboxes, listeners) {
            mailbox.post(.adopt(generation, listeners: assigned))
        }
    }

    mutating func noteFinished(_ index: Int) { finished.insert(index) }

    /// Waits for the threads of workers that have said that they are finished. Called once.
    ///
    /// - Parameter milliseconds: For all of them together.
    /// - Returns: Whether all have ended.
    func join(withinMilliseconds milliseconds: Int) -> Bool {
        let deadline = Clock.monotonicMilliseconds() + UInt64(milliseconds)
        var haveAllEnded = true
        for thread in threads {
            let now = Clock.monotonicMilliseconds()
            let left = deadline > now ? Int(deadline - now) : 0
            if !thread.join(withinMilliseconds: left) { haveAllEnded = false }
        }
        return haveAllEnded
    }
}
