package import RouteTable

/// The last good answers of one service, as one worker has seen them.
///
/// Bounded in bytes: the one that was kept longest ago goes first. Plain memory of this process, so that
/// nothing stays when it ends. A table that has the same service takes the same object over, so answers live
/// through a reload that does not concern them.
package final class KeptAnswers {
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

    /// What an entry takes beside its bytes, about.
    package static let entryByteCount = 256
    /// An answer that is asked for all the time is kept anew once in this time.
    static let renewalMilliseconds: UInt64 = 1_000
    private static let none = -1

    package let policy: ServicePolicy.LastGood
    /// Bytes of all that is kept, with what each entry takes.
    package private(set) var byteCount = 0
    /// Room that answers have which are on their way.
    package private(set) var reservedByteCount = 0
    private var entries: [Entry?] = []
    private var vacant: [Int] = []
    private var places: [AnswerKey: Int] = [:]
    private var oldest = KeptAnswers.none
    private var newest = KeptAnswers.none

    package init(_ policy: ServicePolicy.LastGood) { self.policy = policy }

    /// Answers that are there.
    package var count: Int { places.count }

    // MARK: What is there

    /// The place of an answer that is not too old. One that is goes.
    package func find(_ key: AnswerKey, now: MonotonicMilliseconds) -> Int? {
        guard let place = places[key] else { return nil }
        guard age(at: place, now: now) <= Int64(policy.staleMillisecondsMax) else {
            remove(place)
            return nil
        }
        return place
    }

    /// The age of the answer at a place that was found, in whole seconds.
    package func ageSeconds(at place: Int, now: MonotonicMilliseconds) -> UInt64 {
        UInt64(max(0, age(at: place, now: now))) / 1_000
    }

    /// Size of its content.
    package func contentByteCount(at place: Int) -> Int {
        let entry = entry(at: place)
        return entry.bytes.count - entry.lineByteCount
    }

    /// Lends the field lines and the content of the answer at a place that was found.
    package func withAnswer(
        at place: Int, _ body: (_ lines: UnsafeRawBufferPointer, UnsafeRawBufferPointer) -> Void
    ) {
        let entry = entry(at: place)
        // SAFETY: the bytes are used during the call only; the array is held by `entry`.
        unsafe entry.bytes.withUnsafeBytes { bytes in
            unsafe body(
                UnsafeRawBufferPointer(rebasing: bytes[..<entry.lineByteCount]),
                UnsafeRawBufferPointer(rebasing: bytes[entry.lineByteCount...]))
        }
    }

    private func age(at place: Int, now: MonotonicMilliseconds) -> Int64 {
        Int64(now) - entry(at: place).born
    }

    private func entry(at place: Int) -> Entry {
        guard let entry = entries[place] else { preconditionFailure("an answer that is not kept") }
        return entry
    }

    // MARK: What is coming

    /// Whether an answer is to be kept that begins to arrive: it fits, and the one that is there is not of
    /// this very moment. Then it has room, until it is kept or ``giveBack(_:)`` is called.
    package func reserve(
        _ byteCount: Int, for key: AnswerKey, now: MonotonicMilliseconds
    ) -> Bool {
        guard reservedByteCount + byteCount <= policy.totalBytesMax else { return false }
        if let place = places[key] {
            guard now >= entry(at: place).renewal else { return false }
            // Others that are on their way at the same time need not be kept as well.
            entries[place]?.renewal = now + Self.renewalMilliseconds
        }
        reservedByteCount += byteCount
        return true
    }

    /// An answer has arrived, or never will: its room is free.
    package func giveBack(_ byteCount: Int) {
        reservedByteCount -= byteCount
        precondition(reservedByteCount >= 0, "more room is given back than was taken")
    }

    /// Keeps an answer that has arrived, in the place of the one before.
    ///
    /// - Parameters:
    ///   - bytes: Field lines, and behind them the content.
    ///   - born: When it was made, by the clock of `now`.
    package func keep(
        _ bytes: [UInt8], lineByteCount: Int, as key: AnswerKey, born: Int64,
        now: MonotonicMilliseconds
    ) {
        forget(key)
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

    /// The backend has said something else since.
    package func forget(_ key: AnswerKey) {
        if let place = places[key] { remove(place) }
    }

    private func remove(_ place: Int) {
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
