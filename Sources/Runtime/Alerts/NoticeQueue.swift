/// What is to be told of alerts, and has not been yet.
///
/// Each alert has a lane of its own, in which notices go one after the other: the end of an alert is not told
/// before its beginning, and a service that does not answer holds up nobody else's notices. Holds no clock and
/// moves no bytes.
package struct NoticeQueue {
    /// Notices of one alert that may wait. One that comes and goes faster than anybody listens loses the oldest.
    package static let lengthMax = 8
    /// Attempts at one notice.
    package static let attemptsMax: UInt32 = 8
    /// Before the second attempt; doubled each time.
    package static let firstPauseMilliseconds: UInt64 = 1_000
    package static let pauseMillisecondsMax: UInt64 = 30_000
    /// A worker that says nothing for so long has ended.
    package static let workerMilliseconds: UInt64 = 15_000

    /// What is to be done about a notice.
    package enum Verdict: Equatable, Sendable {
        case delivered
        case again(afterMilliseconds: UInt64)
        case givenUp
    }

    /// An attempt that has ended.
    package struct Ending: Equatable, Sendable {
        package let notice: AlertNotice
        package let outcome: NoticeOutcome
        package let attempt: UInt32
        package let verdict: Verdict
    }

    private struct Lane {
        var notices: [AlertNotice] = []
        /// Attempts at the first of them.
        var attemptCount: UInt32 = 0
        /// When the first is due, or its attempt has taken too long.
        var due: MonotonicMilliseconds = 0
        /// Number of the attempt that is under way.
        var attempt: UInt64?
    }

    /// By the name of the alert.
    private var lanes: [String: Lane] = [:]
    private var lastNumber: UInt64 = 0

    package init() {}

    /// When ``take(now:)`` or ``overdue(now:)`` has something; nil if nothing is to be told.
    // A key path would be made at run time, by code of the library that nothing else needs.
    package var due: MonotonicMilliseconds? { lanes.values.lazy.map { $0.due }.min() }

    /// How many notices wait or are under way.
    package var count: Int { lanes.values.reduce(0) { $0 + $1.notices.count } }

    /// Adds a notice.
    ///
    /// - Returns: The one that had to make room for it.
    package mutating func add(_ notice: AlertNotice, now: MonotonicMilliseconds) -> AlertNotice? {
        var lane = lanes[notice.alert] ?? Lane(due: now)
        defer { lanes[notice.alert] = lane }
        lane.notices.append(notice)
        guard lane.notices.count > Self.lengthMax else { return nil }
        if lane.attempt != nil { return lane.notices.remove(at: 1) }
        lane.attemptCount = 0
        lane.due = now
        return lane.notices.removeFirst()
    }

    /// The attempts that are due. They are under way from now on.
    package mutating func take(
        now: MonotonicMilliseconds
    ) -> [(number: UInt64, notice: AlertNotice)] {
        var taken: [(number: UInt64, notice: AlertNotice)] = []
        for (alert, lane) in lanes.sorted(by: { $0.key < $1.key })
        where lane.attempt == nil && lane.due <= now {
            lastNumber += 1
            lanes[alert]?.attempt = lastNumber
            lanes[alert]?.attemptCount += 1
            lanes[alert]?.due = now + Self.workerMilliseconds
            taken.append((lastNumber, lane.notices[0]))
        }
        return taken
    }

    /// Attempts of which nobody has said how they ended, and nobody will.
    package func overdue(now: MonotonicMilliseconds) -> [UInt64] {
        lanes.values.compactMap { $0.due <= now ? $0.attempt : nil }.sorted()
    }

    /// An attempt has ended.
    ///
    /// - Returns: nil if it is not known: it was overdue before.
    package mutating func end(
        _ number: UInt64, _ outcome: NoticeOutcome, now: MonotonicMilliseconds,
        random: inout RandomBits
    ) -> Ending? {
        guard let alert = lanes.first(where: { $0.value.attempt == number })?.key,
            var lane = lanes[alert]
        else { return nil }
        let notice = lane.notices[0]
        let attempt = lane.attemptCount
        lane.attempt = nil
        let verdict: Verdict
        if !outcome.isDelivered, outcome.mayChange, attempt < Self.attemptsMax {
            let pause = Self.pause(after: attempt, random: &random)
            verdict = .again(afterMilliseconds: pause)
            lane.due = now + pause
        } else {
            verdict = outcome.isDelivered ? .delivered : .givenUp
            lane.notices.removeFirst()
            lane.attemptCount = 0
            lane.due = now
        }
        lanes[alert] = lane.notices.isEmpty ? nil : lane
        return Ending(notice: notice, outcome: outcome, attempt: attempt, verdict: verdict)
    }

    /// Between half of the longest pause and all of it: many proxies tell the same service, and a pause of
    /// nothing is none.
    private static func pause(after attempt: UInt32, random: inout RandomBits) -> UInt64 {
        let longest = min(firstPauseMilliseconds << UInt64(attempt - 1), pauseMillisecondsMax)
        return longest - random.next(below: longest / 2 + 1)
    }
}
