internal import Glibc

/// Stands where the worker will be.
final class Worker: Sendable {
    private let setup: WorkerSetup

    init(_ setup: WorkerSetup) throws(SystemError) { self.setup = setup }

    func run() {}
}
