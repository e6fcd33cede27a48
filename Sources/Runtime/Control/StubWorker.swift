internal import Glibc

/// Stands where the worker will be: obeys the control thread and serves nobody.
final class Worker: Sendable {
    private let setup: WorkerSetup

    init(_ setup: WorkerSetup) { self.setup = setup }

    func run() throws(SystemError) {
        var listeners = setup.listeners.compactMap(\.socket)
        var batch: [WorkerMessage] = []
        while true {
            var interest = pollfd(fd: setup.mailbox.descriptor, events: Int16(POLLIN), revents: 0)
            unsafe poll(&interest, 1, -1)
            setup.mailbox.drain(into: &batch)
            for message in batch {
                switch message {
                case .adopt(let generation, let assigned):
                    listeners += assigned.compactMap(\.socket)
                    setup.control.post(
                        .released(generation: generation.number - 1, workerIndex: setup.index))
                case .addresses, .addressesFailed: break
                case .drain, .stop:
                    listeners = []
                    setup.control.post(.finished(workerIndex: setup.index))
                    return
                }
            }
            batch.removeAll(keepingCapacity: true)
        }
    }
}
