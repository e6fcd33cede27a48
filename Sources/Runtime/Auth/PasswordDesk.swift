internal import Glibc
internal import Synchronization

/// Where workers have passwords checked: on one thread of its own, for a check takes longer than all the
/// requests of a turn. The thread begins with the first question.
final class PasswordDesk: Sendable {
    /// One password to check.
    struct Question: Sendable {
        let password: [UInt8]
        let hash: PasswordHash
        /// Whether there is such a user. Is looked at when the work is done.
        let isKnown: Bool
        let answer: PasswordAnswer
        let mailbox: WorkerMailbox
    }

    /// Questions that wait. At a tenth of a second each, the last of them waits as long as a client may.
    static let waitingCountMax = 64

    private let questions: Mailbox<Question>
    private let waitingCount = Atomic<Int>(0)
    private let thread = Mutex<PosixThread?>(nil)

    /// - Throws: ``SystemError`` if the process has no descriptor left.
    init() throws(SystemError) { questions = Mailbox(wakeup: try WakeupDescriptor()) }

    /// Has a password checked; the worker's mailbox gets the answer.
    ///
    /// - Returns: False if too many wait already, or there can be no thread.
    func ask(_ question: Question) -> Bool {
        // Relaxed: the count bounds the queue and orders nothing.
        guard waitingCount.add(1, ordering: .relaxed).newValue <= Self.waitingCountMax,
            hasThread()
        else {
            waitingCount.subtract(1, ordering: .relaxed)
            return false
        }
        questions.post(question)
        return true
    }

    private func hasThread() -> Bool {
        thread.withLock { thread in
            if thread != nil { return true }
            do throws(SystemError) {
                thread = try PosixThread(name: "wsproxy-crypt") { self.work() }
                return true
            } catch {
                return false
            }
        }
    }

    /// Never returns: the thread ends with the process.
    private func work() {
        var comparison = PasswordComparison()
        var batch: [Question] = []
        while true {
            var waiting = pollfd(fd: questions.descriptor, events: Int16(POLLIN), revents: 0)
            // SAFETY: the call reads and writes one element, which lives on this frame.
            _ = unsafe poll(&waiting, 1, -1)
            questions.drain(into: &batch)
            for question in batch {
                let isEqual = comparison.isEqual(question.password, to: question.hash)
                waitingCount.subtract(1, ordering: .relaxed)
                var answer = question.answer
                answer.isRight = isEqual && question.isKnown
                question.mailbox.post(.passwordChecked(answer))
            }
            batch.removeAll(keepingCapacity: true)
        }
    }
}
