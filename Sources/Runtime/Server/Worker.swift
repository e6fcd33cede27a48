internal import CLinux
import Synchronization

/// One worker thread's work: made on the control thread, run on its own.
final class Worker: Sendable {
    /// Taken by ``run()``: it holds the listeners' sockets, which must close when the loop lets go of them.
    private let setup: Mutex<WorkerSetup?>

    init(_ setup: WorkerSetup) { self.setup = Mutex(setup) }

    /// Serves until it has drained or was stopped. Called once.
    ///
    /// - Throws: ``SystemError`` if the event loop can't be set up.
    func run() throws(SystemError) {
        clinux_never_cancelled()
        var loop = try makeLoop()
        loop.run()
    }

    private func makeLoop() throws(SystemError) -> WorkerLoop {
        let taken = setup.withLock { setup in
            defer { setup = nil }
            return setup
        }
        guard let taken else { preconditionFailure("a worker runs once") }
        var loop = WorkerLoop(taken, poller: try Poller())
        try loop.start(taken)
        return loop
    }
}
