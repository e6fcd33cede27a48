internal import Synchronization

/// The files that `logging` middlewares write to, each with its queue. Opened when a table names them, and
/// kept until the process ends.
final class LogOutputs: Sendable {
    /// Each has a thread and a descriptor.
    static let countMax = 64

    private let queues = Mutex<[String: LogQueue]>([:])

    /// Opens those files that are not open yet.
    ///
    /// - Parameters:
    ///   - waitsForReaders: A pipe that nobody reads yet is waited for, and refused otherwise.
    ///   - reporter: Is told of lines that a file does not take.
    /// - Returns: Their queues, which nobody runs yet.
    /// - Throws: ``StartupError`` naming the file that can't be written.
    func open(
        _ paths: Set<String>, waitingForReaders waitsForReaders: Bool,
        reportingTo reporter: EventLog
    ) throws(StartupError) -> [LogQueue] {
        var new: [LogQueue] = []
        for path in paths.sorted() where queue(of: path) == nil {
            guard queues.withLock({ $0.count }) < Self.countMax else {
                throw Self.tooMany
            }
            do throws(SystemError) {
                let queue = try LogQueue(
                    appendingTo: path, waitingForReader: waitsForReaders, reportingTo: reporter)
                queues.withLock { $0[path] = queue }
                new.append(queue)
            } catch {
                throw StartupError("\(path): \(error.description)")
            }
        }
        return new
    }

    /// Finds out whether ``open(_:waitingForReaders:reportingTo:)`` would open so many files, and these.
    ///
    /// - Throws: ``StartupError`` naming the file that can't be written.
    static func check(_ paths: Set<String>) throws(StartupError) {
        guard paths.count <= countMax else { throw tooMany }
        for path in paths.sorted() {
            do throws(SystemError) { try LogQueue.check(path) } catch {
                throw StartupError("\(path): \(error.description)")
            }
        }
    }

    private static var tooMany: StartupError {
        StartupError("logs can be written to \(countMax) files at most")
    }

    /// How many files are open.
    var count: Int { queues.withLock { $0.count } }

    func queue(of path: String) -> LogQueue? { queues.withLock { $0[path] } }

    /// Closes and opens each file again: what was renamed is let go of.
    ///
    /// - Returns: Number of files.
    func reopen() -> Int {
        let all = queues.withLock { Array($0.values) }
        for queue in all { queue.reopen() }
        return all.count
    }

    /// Has each queue end when all is written.
    func close() {
        let all = queues.withLock { Array($0.values) }
        for queue in all { queue.close() }
    }

    /// Lines that were lost since the start.
    var droppedLineTotal: UInt64 {
        queues.withLock { $0.values.reduce(0) { $0 + $1.droppedLineTotal } }
    }
}
