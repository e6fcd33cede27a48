/// What the control thread asks of the streams of a worker.
///
/// A worker looks at ``Limits/streamsPerTurnMax`` slots a turn and answers in pieces, so that a question
/// about many streams holds nobody up. Each worker's last piece says so.
package struct StreamInquiry: Sendable {
    /// What is to be done about the streams that are meant.
    package enum Task: Sendable {
        /// Describe the first so many of each worker, and count all.
        case describe(countMax: Int)
        /// Close them: WebSockets with this code and reason, event streams at their next boundary.
        case close(code: CloseCode, reason: CloseReason)
        /// Count them.
        case count
    }

    /// Chosen by who asks; the answers repeat it.
    package let number: UInt64
    package let selector: StreamSelector
    package let task: Task

    package init(number: UInt64, selector: StreamSelector, task: Task) {
        self.number = number
        self.selector = selector
        self.task = task
    }
}
