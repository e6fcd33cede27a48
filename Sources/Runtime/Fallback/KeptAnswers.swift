package import RouteTable
internal import Synchronization

/// The last good answers of one service, as all workers have seen them.
///
/// Plain memory of this process, bounded, so that nothing stays when it ends. A table that has the same service
/// takes the same object over, so answers live through a reload that does not concern them.
///
/// One lock, taken when an answer is kept, given or forgotten: for an answer that comes all the time, once a second
/// and worker (``RecentAnswers``). What is given is not copied under it.
package final class KeptAnswers: Sendable {
    /// What an entry takes beside its bytes, about.
    package static let entryByteCount = KeptAnswerList.entryByteCount

    package let policy: ServicePolicy.LastGood
    private let list: Mutex<KeptAnswerList>

    package init(_ policy: ServicePolicy.LastGood) {
        self.policy = policy
        list = Mutex(KeptAnswerList(policy))
    }

    /// Bytes of all that is kept, with what each entry takes.
    package var byteCount: Int { list.withLock { $0.byteCount } }

    /// Room that answers have which are on their way.
    package var reservedByteCount: Int { list.withLock { $0.reservedByteCount } }

    /// Answers that are there.
    package var count: Int { list.withLock { $0.count } }

    /// An answer that is not too old. One that is goes.
    package func find(_ key: AnswerKey, now: MonotonicMilliseconds) -> KeptAnswer? {
        list.withLock { $0.find(key, now: now) }
    }

    /// Whether there is room for an answer that begins to arrive.
    package enum Reservation: Equatable, Sendable {
        /// It has room, until ``giveBack(_:for:)`` is called.
        case reserved(AnswerOrder)
        /// The one that is there is of this very moment.
        case isRecent
        /// Too much is on its way.
        case full
    }

    /// Takes room for an answer that begins to arrive.
    package func reserve(
        _ byteCount: Int, for key: AnswerKey, now: MonotonicMilliseconds
    ) -> Reservation {
        list.withLock { $0.reserve(byteCount, for: key, now: now) }
    }

    /// An answer was kept, or never will be: its room is free.
    package func giveBack(_ byteCount: Int, for key: AnswerKey) {
        list.withLock { $0.giveBack(byteCount, for: key) }
    }

    /// Keeps an answer that has arrived, in the place of the one before; unless one that began to arrive later has
    /// been kept meanwhile, or the backend has said something else.
    ///
    /// - Parameters:
    ///   - bytes: Field lines, and behind them the content.
    ///   - order: Which ``reserve(_:for:now:)`` gave.
    ///   - born: When it was made, by the clock of `now`.
    package func keep(
        _ bytes: [UInt8], lineByteCount: Int, as key: AnswerKey, order: AnswerOrder, born: Int64,
        now: MonotonicMilliseconds
    ) {
        list.withLock {
            $0.keep(
                bytes, lineByteCount: lineByteCount, as: key, order: order, born: born, now: now)
        }
    }

    /// The backend has said something else since. Answers that are arriving are not kept either.
    package func forget(_ key: AnswerKey) { list.withLock { $0.forget(key) } }
}
