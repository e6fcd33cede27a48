/// How many TLS handshakes of clients a worker has in progress at once, and who is next.
///
/// A handshake takes tens of KiB and most of the processor time that a connection ever costs. Who
/// comes when all places are taken waits unread and costs nothing but its connection.
///
/// Clients are kept apart by groups, each of which is those whose addresses have one hash: the next place goes to
/// the group with the fewest, so that whoever opens thousands of connections stands in its own way
/// only. Within a group the order is that of coming; where more wait than there are places, it is the last that is
/// next: of those that came long before, most have given up, and nobody would be served in time.
///
/// Where somebody waits, a handshake that is not done after ``Limits/handshakeEvictableMilliseconds`` loses its
/// place; under pressure, which is where a group with fewer places waits or more wait than there are
/// places, after ``Limits/handshakePressedMilliseconds``.
package struct HandshakeGate: ~Copyable {
    /// What the loop has to do.
    package enum Action: Equatable, BitwiseCopyable {
        case none
        /// This client has a place now and may begin. It must be asked to, or leave if it is gone.
        case admit(ConnectionToken)
        /// This client is to be closed, which makes it leave.
        case evict(ConnectionToken)
    }

    /// One who waits, or did.
    package struct Waiter: BitwiseCopyable {
        package var token: ConnectionToken
        package var group: UInt8
    }

    private struct Place: BitwiseCopyable {
        var token: ConnectionToken
        var group: UInt8
        var since: MonotonicMilliseconds
    }

    private let countMax: Int
    /// The oldest first.
    private var places: [Place] = []
    /// Of each group.
    private var placeCounts = [UInt16](repeating: 0, count: 256)
    private var queues = [HandshakeQueue](repeating: HandshakeQueue(), count: 256)
    private var waitingCount = 0
    /// Of those that wait, how many have gone.
    private var goneCount = 0
    /// The group that was served last: the one behind it is preferred to others with as few places.
    private var lastGroup: UInt8 = 0

    package init(countMax: Int) {
        self.countMax = countMax
        places.reserveCapacity(countMax)
    }

    /// Handshakes in progress.
    package var count: Int { places.count }

    /// When ``next(now:)`` may have something to do though nobody left; nil if it has not.
    package var due: MonotonicMilliseconds? {
        waitingCount > 0 ? victim(for: nextGroup())?.evictableAt : nil
    }

    /// A client has begun to speak, or was asked to go on.
    ///
    /// - Parameter group: A hash of where it is from.
    /// - Returns: Whether it has a place. If not, it waits for one.
    package mutating func enter(
        _ token: ConnectionToken, group: UInt8, now: MonotonicMilliseconds
    ) -> Bool {
        if places.contains(where: { $0.token == token }) { return true }
        guard places.count >= countMax || waitingCount > 0 else {
            take(Place(token: token, group: group, since: now))
            return true
        }
        wait(Waiter(token: token, group: group))
        return false
    }

    /// A client waits for a place behind all others of its group.
    package mutating func wait(_ waiter: Waiter) {
        queues[Int(waiter.group)].append(waiter.token)
        waitingCount += 1
    }

    /// The handshake of a client has ended, one way or the other.
    package mutating func leave(_ token: ConnectionToken) {
        // Most end soon after they began, so they stand near the end.
        guard let place = places.lastIndex(where: { $0.token == token }) else { return }
        placeCounts[Int(places[place].group)] -= 1
        places.remove(at: place)
    }

    /// A client that waits has gone.
    ///
    /// - Returns: Whether so many have that the list should be made anew: those that come and go while
    ///   others wait must not fill the memory.
    package mutating func waiterLeft() -> Bool {
        goneCount += 1
        return goneCount > countMax && goneCount * 2 > waitingCount
    }

    /// Hands over those who wait, those of each group in order; some of them may have gone.
    package mutating func takeWaiting() -> [Waiter] {
        var taken: [Waiter] = []
        taken.reserveCapacity(waitingCount)
        for group in queues.indices {
            for token in queues[group].takeAll() {
                taken.append(Waiter(token: token, group: UInt8(group)))
            }
        }
        waitingCount = 0
        goneCount = 0
        return taken
    }

    /// What is to be done so that those who wait get on. To be asked again until it is nothing.
    package mutating func next(now: MonotonicMilliseconds) -> Action {
        guard waitingCount > 0 else { return .none }
        let group = nextGroup()
        guard places.count < countMax else {
            guard let victim = victim(for: group), now >= victim.evictableAt else { return .none }
            return .evict(victim.token)
        }
        let token = queues[group].take(newest: waitingCount > countMax)
        waitingCount -= 1
        if waitingCount == 0 { goneCount = 0 }
        lastGroup = UInt8(group)
        take(Place(token: token, group: UInt8(group), since: now))
        return .admit(token)
    }

    private mutating func take(_ place: Place) {
        places.append(place)
        placeCounts[Int(place.group)] += 1
    }

    /// Of the groups that wait, one with the fewest places. Somebody must wait.
    private func nextGroup() -> Int {
        var best: Int?
        for step in 1...queues.count {
            let group = (Int(lastGroup) + step) % queues.count
            guard !queues[group].isEmpty else { continue }
            guard let fewest = best, placeCounts[fewest] <= placeCounts[group] else {
                best = group
                continue
            }
        }
        guard let best else { preconditionFailure("nobody waits") }
        return best
    }

    /// Whose place the next one of a group takes if there is no other, and from when on.
    private func victim(for group: Int) -> (token: ConnectionToken, evictableAt: UInt64)? {
        let most = placeCounts.max() ?? 0
        // With one more than the others have there would be no end of taking turns.
        if most > placeCounts[group] + 1,
            let place = places.first(where: { placeCounts[Int($0.group)] == most })
        {
            return (place.token, place.since + Limits.handshakePressedMilliseconds)
        }
        let patience =
            waitingCount > countMax
            ? Limits.handshakePressedMilliseconds : Limits.handshakeEvictableMilliseconds
        return places.first.map { ($0.token, $0.since + patience) }
    }
}
