/// One client of the admin listener.
struct AdminConnection: ~Copyable {
    enum Stage: Equatable {
        case awaitingRequest
        /// A worker is asked; the request that follows waits.
        case awaitingAnswer
        case streaming
        /// Nothing more is read; closed when all is written.
        case closing
    }

    let socket: Socket
    var stage = Stage.awaitingRequest
    var input: [UInt8] = []
    /// What the client has not taken yet.
    var output: [UInt8] = []
    /// How much of ``output`` is gone.
    var writtenCount = 0
    /// When it is closed unless something happens.
    var deadline: MonotonicMilliseconds
    /// What the kernel is asked to report.
    var interest: UInt32
    /// The request that waits for its answer.
    var isHead = false
    var persists = true
    /// Whether it has ever asked for something.
    var hasAsked = false

    init(_ socket: consuming Socket, interest: UInt32, deadline: MonotonicMilliseconds) {
        self.socket = socket
        self.interest = interest
        self.deadline = deadline
    }

    var waitingCount: Int { output.count - writtenCount }

    /// How little is lost if it is closed for a new client; nil if it is being served. The least first: it has
    /// never said anything, is between two requests, is in the middle of one.
    var rankOfSilence: Int? {
        guard stage == .awaitingRequest, waitingCount == 0 else { return nil }
        return input.isEmpty ? (hasAsked ? 1 : 0) : 2
    }

    /// Lets go of what is gone: a follower that is always a little behind never takes all.
    mutating func forgetWritten() {
        guard writtenCount > 0 else { return }
        output.removeFirst(writtenCount)
        writtenCount = 0
    }
}
