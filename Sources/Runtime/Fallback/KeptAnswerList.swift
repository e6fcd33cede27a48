import RouteTable

/// The last good answers of one service: what is there, in the order in which it was kept.
///
/// Bounded in bytes: the one that was kept longest ago goes first.
struct KeptAnswerList: ~Copyable {
    private struct Entry {
        var key: AnswerKey
        /// Field lines, and behind them the content.
        var bytes: [UInt8]
        var lineByteCount: Int
        /// When it was made, by its age. May lie before the clock's beginning.
        var born: Int64
        /// Before then no newer one is wanted.
        var renewal: MonotonicMilliseconds
        /// Neighbours in the order in which they were kept; `none` at the ends.
        var older: Int
        var newer: Int
    }

    /// Answers to one request that are on their way. There may be several: from each worker one, and from slow
    /// backends more.
    private struct Arriving {
        var count = 0
        /// Those that began to arrive up to here are old: a later one is here already, or the backend has said
        /// something else.
        var settled = AnswerOrder(rawValue: 0)
    }

    /// What an entry takes beside its bytes, about.
    static let entryByteCount = 256
    /// An answer that is asked for all the time is kept anew once in this time.
    static let renewalMilliseconds: UInt64 = 1_000
    private static let none = -1

    let policy: ServicePolicy.LastGood
    /// Bytes of all that is kept, with what each entry takes.
    private(set) var byteCount = 0
    /// Room that answers have which are on their way.
    private(set) var reservedByteCount = 0
    private var entries: [Entry?] = []
    private var vacant: [Int] = []
    private var places: [AnswerKey: Int] = [:]
    private var arriving: [AnswerKey: Arriving] = [:]
    private var latest = AnswerOrder(rawValue: 0)
    private var oldest = KeptAnswerList.none
    private var newest = KeptAnswerList.none

    init(_ policy: ServicePolicy.LastGood) { self.policy = policy }

    /// Answers that are there.
    var count: Int { places.count }

    // MARK: What is there

    /// An answer that is not too old. One that is goes.
    mutating func find(_ key: AnswerKey, now: MonotonicMilliseconds) -> KeptAnswer? {
        guard let place = places[key] else { return nil }
        let age = age(at: place, now: now)
        guard age <= Int64(policy.staleMillisecondsMax) else {
            remove(place)
            return nil
        }
        let entry = entry(at: place)
        return KeptAnswer(
            bytes: entry.bytes, lineByteCount: entry.lineByteCount,
            ageSeconds: UInt64(max(0, age)) / 1_000)
    }

    private func age(at place: Int, now: MonotonicMilliseconds) -> Int64 {
        Int64(now) - entry(at: place).born
    }

    private func entry(at place: Int) -> Entry {
        guard let entry = entries[place] else { preconditionFailure("an answer that is not kept") }
        return entry
    }

    // MARK: What is coming

    /// See ``KeptAnswers/reserve(_:for:now:)``.
    mutating func reserve(
        _ byteCount: Int, for key: AnswerKey, now: MonotonicMilliseconds
    ) -> KeptAnswers.Reservation {
        guard reservedByteCount + byteCount <= policy.totalBytesMax else { return .full }
        if let place = places[key] {
            guard now >= entry(at: place).renewal else { return .isRecent }
            // Others that are on their way at the same time need not be kept as well.
            entries[place]?.renewal = now + Self.renewalMilliseconds
        }
        reservedByteCount += byteCount
        latest = latest.next
        arriving[key, default: Arriving()].count += 1
        return .reserved(latest)
    }

    /// See ``KeptAnswers/giveBack(_:for:)``.
    mutating func giveBack(_ byteCount: Int, for key: AnswerKey) {
        reservedByteCount -= byteCount
        guard let count = arriving[key]?.count, reservedByteCount >= 0 else {
            preconditionFailure("more room is given back than was taken")
        }
        if count > 1 { arriving[key]?.count = count - 1 } else { arriving[key] = nil }
    }

    /// See ``KeptAnswers/keep(_:lineByteCount:as:order:born:now:)``.
    mutating func keep(
        _ bytes: [UInt8], lineByteCount: Int, as key: AnswerKey, order: AnswerOrder, born: Int64,
        now: MonotonicMilliseconds
    ) {
        guard let settled = arriving[key]?.settled else {
            preconditionFailure("an answer is kept that had no room")
        }
        guard settled < order else { return }
        arriving[key]?.settled = order
        if let place = places[key] { remove(place) }
        let needed = bytes.count + Self.entryByteCount
        guard needed <= policy.totalBytesMax else { return }
        while byteCount + needed > policy.totalBytesMax { remove(oldest) }
        let entry = Entry(
            key: key, bytes: bytes, lineByteCount: lineByteCount, born: born,
            renewal: now + Self.renewalMilliseconds, older: newest, newer: Self.none)
        let place: Int
        if let free = vacant.popLast() {
            place = free
            entries[place] = entry
        } else {
            place = entries.count
            entries.append(entry)
        }
        if newest == Self.none { oldest = place } else { entries[newest]?.newer = place }
        newest = place
        places[key] = place
        byteCount += needed
    }

    /// See ``KeptAnswers/forget(_:)``.
    mutating func forget(_ key: AnswerKey) {
        arriving[key]?.settled = latest
        if let place = places[key] { remove(place) }
    }

    private mutating func remove(_ place: Int) {
        let entry = entry(at: place)
        if entry.older == Self.none {
            oldest = entry.newer
        } else {
            entries[entry.older]?.newer = entry.newer
        }
        if entry.newer == Self.none {
            newest = entry.older
        } else {
            entries[entry.newer]?.older = entry.older
        }
        entries[place] = nil
        vacant.append(place)
        places[entry.key] = nil
        byteCount -= entry.bytes.count + Self.entryByteCount
    }
}
