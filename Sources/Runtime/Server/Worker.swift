/// One worker thread's work: made on the control thread, run on its own.
final class Worker: Sendable {
    private let setup: WorkerSetup

    init(_ setup: WorkerSetup) { self.setup = setup }

    /// Serves until it has drained or was stopped. Called once.
    ///
    /// - Throws: ``SystemError`` if the event loop can't be set up.
    func run() throws(SystemError) {
        var loop = WorkerLoop(setup, poller: try Poller())
        try loop.start(setup)
        loop.run()
    }
}
