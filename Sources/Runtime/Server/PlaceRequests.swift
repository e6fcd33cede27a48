/// What workers ask of each other where no client more may come: that one of the idle ones goes.
///
/// Each waits for one place at a time, and each is woken once, however many ask before it has looked.
package struct PlaceRequests: Sendable {
    /// What has become of a request.
    package enum Answer: BitwiseCopyable, Sendable {
        /// Not all others have looked yet, or one that has is letting a client go.
        case pending
        /// A client has gone. Its place may be taken by now.
        case granted
        /// All others have looked, and none has a client that goes.
        case nobody
    }

    private enum State: BitwiseCopyable {
        case none
        case waiting(since: UInt64)
        /// A client goes for it, but its place is not free yet.
        case promised
        case granted
    }

    private struct Member: BitwiseCopyable {
        var state = State.none
        var isAsked = false
        /// The last request that was there when it looked.
        var lookedAt: UInt64 = 0
    }

    private var members: [Member]
    private var requestCount: UInt64 = 0

    package init(workerCount: Int) {
        members = Array(repeating: Member(), count: workerCount)
    }

    /// A worker waits for a place. Those that ``markAsked(from:for:)`` names have to be told.
    package mutating func request(by worker: Int) {
        requestCount += 1
        members[worker].state = .waiting(since: requestCount)
    }

    /// The first from `first` on that has to be told that somebody waits: each once, until it has looked.
    package mutating func markAsked(from first: Int, for worker: Int) -> Int? {
        for other in first..<members.count where other != worker && !members[other].isAsked {
            members[other].isAsked = true
            return other
        }
        return nil
    }

    /// A worker that has a client to let go takes the request upon itself that waits longest.
    ///
    /// - Returns: Whose request that is; it has to be told by ``grant(to:)``. Nil if nobody waits; then the client
    ///   stays, and the worker has looked. Whoever asks from now on wakes it again.
    package mutating func promise(by worker: Int) -> Int? {
        var oldest: (place: Int, since: UInt64)?
        for place in members.indices where place != worker {
            guard case .waiting(let since) = members[place].state,
                since < oldest?.since ?? .max
            else { continue }
            oldest = (place, since)
        }
        guard let oldest else {
            noteLooked(by: worker)
            return nil
        }
        members[oldest.place].state = .promised
        return oldest.place
    }

    /// The client that was promised has gone, and its place is free.
    package mutating func grant(to worker: Int) {
        guard case .promised = members[worker].state else { return }
        members[worker].state = .granted
    }

    /// A worker has looked: it has none for those who still wait.
    package mutating func noteLooked(by worker: Int) {
        members[worker].isAsked = false
        members[worker].lookedAt = requestCount
    }

    /// What has become of the request of a worker.
    package func answer(to worker: Int) -> Answer {
        switch members[worker].state {
        case .none, .granted: return .granted
        case .promised: return .pending
        case .waiting(let since):
            for place in members.indices where place != worker && members[place].lookedAt < since {
                return .pending
            }
            return .nobody
        }
    }

    /// A worker needs no place any longer.
    package mutating func withdraw(by worker: Int) { members[worker].state = .none }
}
