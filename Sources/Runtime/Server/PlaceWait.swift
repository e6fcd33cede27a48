/// Whether a client that came where there is no room is kept waiting for an idle one of another worker to go.
package struct PlaceWait: BitwiseCopyable {
    /// What to do where there is still no room.
    package enum Step: BitwiseCopyable, Sendable {
        /// The others are asked once more: another client has taken the place.
        case ask
        case wait
        /// Nobody goes for it.
        case refuse
    }

    /// When to look again; nil while nobody waits.
    package private(set) var due: MonotonicMilliseconds?
    private var deadline: MonotonicMilliseconds = 0
    private var askedInVainUntil: MonotonicMilliseconds = 0

    package init() {}

    /// Begins to wait, unless the others were asked in vain just now: a flood of clients that are turned away
    /// wakes nobody for each of them.
    ///
    /// - Returns: Whether it begins. The others are to be asked then.
    package mutating func begin(now: MonotonicMilliseconds) -> Bool {
        guard now >= askedInVainUntil else { return false }
        deadline = now + Limits.placeWaitMillisecondsMax
        due = now + 1
        return true
    }

    /// What happens at ``due`` where there is still no room.
    package mutating func next(
        _ answer: PlaceRequests.Answer, now: MonotonicMilliseconds
    ) -> Step {
        guard answer != .nobody, now < deadline else {
            askedInVainUntil = now + Limits.placePauseMilliseconds
            return .refuse
        }
        due = now + 1
        return answer == .granted ? .ask : .wait
    }

    /// Nobody waits any longer.
    package mutating func end() { due = nil }
}
