internal import Synchronization

/// The files that `logging` middlewares write to, each with its queue. Opened when a table names them, and
/// kept until the process ends.
final class LogOutputs: Sendable {
    /// Each has a thread and a descriptor.
    static let countMax = 64

    private let queues = Mutex<[String: LogQueue]>([:])

    /// Opens those files that are not open yet: all of them, or none. Lines go to them once they are added.
    ///
    /// - Parameters:
    ///   - waitsForReaders: A pipe that nobody reads yet is waited for, and refused otherwise.
    ///   - reporter: Is told of lines that a file does not take.
    /// - Returns: Their queues, which nobody runs yet.
    /// - Throws: ``StartupError`` naming the file that can't be written.
    func open(
        _ paths: Set<String>, waitingForReaders waitsForReaders: Bool,
        reportingTo reporter: EventLog
    ) throws(StartupError) -> [(path: String, queue: LogQueue)] {
        let missing = paths.sorted().filter { queue(of: $0) == nil }
        guard count + missing.count <= Self.countMax else { throw Self.tooMany }
        var new: [(path: String, queue: LogQueue)] = []
        for path in missing {
            do throws(SystemError) {
                let queue = try LogQueue(
                    appendingTo: path, waitingForReader: waitsForReaders, reportingTo: reporter)
                new.append((path, queue))
            } catch {
                for (_, queue) in new { queue.discard() }
                throw StartupError("\(path): \(error.description)")
            }
        }
        return new
    }

    /// From now on lines go to a file that somebody writes.
    func add(_ queue: LogQueue, of path: String) { queues.withLock { $0[path] = queue } }

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
