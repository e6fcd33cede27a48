/// A question about connections that not all workers have answered yet.
struct ConnectionInquiry {
    let client: ConnectionToken
    let purpose: ConnectionQuery.Purpose
    /// When the client is told that a worker does not answer.
    let deadline: MonotonicMilliseconds
    private var openWorkers: Int
    /// What each worker has told: of it alone, in the order of its slots.
    private var pieces: [[StreamDescription]]
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
        pieces = Array(repeating: [], count: workerCount)
    }

    var isComplete: Bool { openWorkers == 0 }

    /// Takes a piece of a worker's answer.
    mutating func take(_ findings: StreamFindings) {
        count += findings.count
        pieces[findings.workerIndex] += findings.descriptions
        guard findings.isLast else { return }
        openWorkers -= 1
        guard isComplete, case .list(let countMax, _) = purpose else { return }
        descriptions = pieces.flatMap(\.self)
        pieces = []
        if descriptions.count > countMax {
            hasMore = true
            descriptions.removeLast(descriptions.count - countMax)
        }
    }
}
