internal import RouteTable

/// The files that `logging` middlewares write to.
extension ControlLoop {
    /// How long the last lines of a file may take.
    private static let flushMilliseconds = 1_000

    /// Opens the files that a table names and that are not open yet.
    ///
    /// - Parameter waitingForReaders: A pipe may have no reader yet, and nobody is waiting for this thread.
    func openLogs(
        of generation: TableGeneration, waitingForReaders: Bool
    ) throws(StartupError) {
        let new = try logs.outputs.open(
            generation.logPaths, waitingForReaders: waitingForReaders, reportingTo: logs.events)
        for (index, (path, queue)) in new.enumerated() {
            do throws(SystemError) {
                logThreads.append(try PosixThread(name: "route-log") { queue.run() })
                logs.outputs.add(queue, of: path)
            } catch {
                for (_, queue) in new[index...] { queue.discard() }
                throw StartupError(starting: error)
            }
        }
    }

    /// Writes what waits, once the workers have ended.
    func closeLogs() {
        logs.outputs.close()
        for thread in logThreads {
            _ = thread.join(withinMilliseconds: Self.flushMilliseconds)
        }
        logThreads = []
    }
}
