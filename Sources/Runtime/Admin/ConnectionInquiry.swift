/// A question about connections that not all workers have answered yet.
struct ConnectionInquiry {
    let client: ConnectionToken
    let purpose: ConnectionQuery.Purpose
    /// When the client is told that a worker does not answer.
    let deadline: MonotonicMilliseconds
    private var openWorkers: Int
    /// Connections that were meant.
    private(set) var count = 0
    /// By worker and slot once ``isComplete``.
    private(set) var descriptions: [StreamDescription] = []
    /// Whether there are more behind those that are described.
    private(set) var hasMore = false

    init(
        _ query: ConnectionQuery, from client: ConnectionToken, workerCount: Int,
        deadline: MonotonicMilliseconds
    ) {
        self.client = client
        purpose = query.purpose
        self.deadline = deadline
        openWorkers = workerCount
    }

    var isComplete: Bool { openWorkers == 0 }

    /// Takes a piece of a worker's answer.
    mutating func take(_ findings: StreamFindings) {
        count += findings.count
        descriptions += findings.descriptions
        guard findings.isLast else { return }
        openWorkers -= 1
        guard isComplete, case .list(let countMax, _) = purpose else { return }
        descriptions.sort { ($0.id.worker, $0.id.slot) < ($1.id.worker, $1.id.slot) }
        if descriptions.count > countMax {
            hasMore = true
            descriptions.removeLast(descriptions.count - countMax)
        }
    }
}
