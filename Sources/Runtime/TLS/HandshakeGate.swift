/// How many TLS handshakes of clients a worker has in progress at once.
///
/// A handshake takes tens of KiB and most of the processor time that a connection ever costs. Who
/// comes when all places are taken waits unread, in the order of coming, and costs nothing but its
/// connection. Where somebody waits, a handshake that is not done after
/// ``Limits/handshakeEvictableMilliseconds`` loses its place.
package struct HandshakeGate: ~Copyable {
    /// What the loop has to do.
    package enum Action: Equatable, BitwiseCopyable {
        case none
        /// This client has a place now and may begin. It must be asked to, or leave if it is gone.
        case admit(ConnectionToken)
        /// This client is to be closed, which makes it leave.
        case evict(ConnectionToken)
    }

    private struct Place: BitwiseCopyable {
        var token: ConnectionToken
        var since: MonotonicMilliseconds
    }

    private let countMax: Int
    /// The oldest first.
    private var places: [Place] = []
    private var waiting: [ConnectionToken] = []
    /// Those in front of it had their turn.
    private var firstWaiting = 0
    /// Of those that wait, how many have gone.
    private var goneCount = 0

    package init(countMax: Int) {
        self.countMax = countMax
        places.reserveCapacity(countMax)
    }

    /// Handshakes in progress.
    package var count: Int { places.count }

    /// When ``next(now:)`` may have something to do though nobody left; nil if it has not.
    package var due: MonotonicMilliseconds? {
        guard firstWaiting < waiting.count, let oldest = places.first else { return nil }
        return oldest.since + Limits.handshakeEvictableMilliseconds
    }

    /// A client has begun to speak, or was asked to go on.
    ///
    /// - Returns: Whether it has a place. If not, it waits for one.
    package mutating func enter(_ token: ConnectionToken, now: MonotonicMilliseconds) -> Bool {
        if places.contains(where: { $0.token == token }) { return true }
        guard places.count >= countMax || firstWaiting < waiting.count else {
            places.append(Place(token: token, since: now))
            return true
        }
        wait(token)
        return false
    }

    /// A client waits for a place behind all others.
    package mutating func wait(_ token: ConnectionToken) { waiting.append(token) }

    /// The handshake of a client has ended, one way or the other.
    package mutating func leave(_ token: ConnectionToken) {
        // Most end soon after they began, so they stand near the end.
        guard let place = places.lastIndex(where: { $0.token == token }) else { return }
        places.remove(at: place)
    }

    /// A client that waits has gone.
    ///
    /// - Returns: Whether so many have that the list should be made anew: those that come and go while
    ///   others wait must not fill the memory.
    package mutating func waiterLeft() -> Bool {
        goneCount += 1
        return goneCount > countMax && goneCount * 2 > waiting.count
    }

    /// Hands over those who wait, in order; some of them may have gone.
    package mutating func takeWaiting() -> [ConnectionToken] {
        let taken = Array(waiting[firstWaiting...])
        waiting.removeAll(keepingCapacity: true)
        firstWaiting = 0
        goneCount = 0
        return taken
    }

    /// What is to be done so that those who wait get on. To be asked again until it is nothing.
    package mutating func next(now: MonotonicMilliseconds) -> Action {
        guard firstWaiting < waiting.count else { return .none }
        guard places.count < countMax else {
            guard let oldest = places.first,
                now >= oldest.since + Limits.handshakeEvictableMilliseconds
            else { return .none }
            return .evict(oldest.token)
        }
        let token = waiting[firstWaiting]
        firstWaiting += 1
        if firstWaiting == waiting.count {
            waiting.removeAll(keepingCapacity: true)
            firstWaiting = 0
            goneCount = 0
        } else if firstWaiting >= countMax {
            waiting.removeFirst(firstWaiting)
            firstWaiting = 0
        }
        places.append(Place(token: token, since: now))
        return .admit(token)
    }
}
