internal import Foundation

/// The lines that a program has printed so far, and how it ended.
///
/// Sendable because every access holds the condition.
final class LineCollector: @unchecked Sendable {
    private let condition = NSCondition()
    private var lines: [RunningProgram.Line] = []
    private var openStreamCount = 2
    private var exit: RunningProgram.Exit?

    func add(_ line: RunningProgram.Line) {
        condition.withLock {
            lines.append(line)
            condition.broadcast()
        }
    }

    func streamEnded() {
        condition.withLock {
            openStreamCount -= 1
            condition.broadcast()
        }
    }

    func ended(_ exit: RunningProgram.Exit) {
        condition.withLock {
            self.exit = exit
            condition.broadcast()
        }
    }

    var all: [RunningProgram.Line] { condition.withLock { lines } }

    /// The exit of the program if it has ended.
    var knownExit: RunningProgram.Exit? { condition.withLock { exit } }

    /// Waits for a line from the given index on that the test wants.
    ///
    /// - Returns: `nil` when the time is over, or when no line can come any more.
    func firstLine(
        from index: Int, before deadline: Deadline, where isWanted: (String) -> Bool
    ) -> (index: Int, text: String)? {
        condition.withLock {
            var next = index
            while true {
                while next < lines.count {
                    if isWanted(lines[next].text) { return (next, lines[next].text) }
                    next += 1
                }
                if openStreamCount == 0 || !wait(deadline) { return nil }
            }
        }
    }

    /// Waits until the program has ended and all it printed has been read.
    func exit(before deadline: Deadline) -> RunningProgram.Exit? {
        condition.withLock {
            while exit == nil || openStreamCount > 0 {
                if !wait(deadline) { return nil }
            }
            return exit
        }
    }

    /// - Returns: Whether there is time left.
    private func wait(_ deadline: Deadline) -> Bool {
        guard !deadline.hasPassed else { return false }
        _ = condition.wait(until: Date(timeIntervalSinceNow: deadline.remainingSeconds))
        return true
    }
}
