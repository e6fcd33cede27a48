/// One piece of a worker's answer to a ``StreamInquiry``.
package struct StreamFindings: Sendable {
    package let number: UInt64
    package let workerIndex: Int
    /// Streams that were meant, in this piece.
    package var count = 0
    /// Empty unless they were to be described.
    package var descriptions: [StreamDescription] = []
    /// Nothing more comes from this worker.
    package var isLast = false

    package init(number: UInt64, workerIndex: Int) {
        self.number = number
        self.workerIndex = workerIndex
    }
}
