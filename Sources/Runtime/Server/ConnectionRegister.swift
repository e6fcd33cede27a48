import RouteTable
import Synchronization

/// How many connections there are, over all workers. One of the few things that workers share.
///
/// The counts of all are atomics. Those of each client are behind a lock, which is taken only where
/// `max_connections_per_client` is set, when a client comes and when it goes. What workers ask of each other is behind
/// another one, which is taken only where there is no room.
final class ConnectionRegister: Sendable {
    private let clients = Atomic<Int>(0)
    private let upstreams = Atomic<Int>(0)
    private let byNetwork = Mutex<[ClientAddress: UInt32]>([:])
    private let places: Mutex<PlaceRequests>

    init(workerCount: Int) { places = Mutex(PlaceRequests(workerCount: workerCount)) }

    /// Counts one more client, unless that would be more than allowed. Never more for a moment: another worker would
    /// take a place for missing that is there.
    func enter(_ bounds: ClientBounds) -> Bool {
        var count = clients.load(ordering: .relaxed)
        while count < Int(bounds.countMax),
            count + upstreams.load(ordering: .relaxed) < Int(bounds.socketCountMax)
        {
            let (isCounted, present) = clients.weakCompareExchange(
                expected: count, desired: count + 1, ordering: .relaxed)
            if isCounted { return true }
            count = present
        }
        return false
    }

    /// A client that was counted has gone.
    func leave() { clients.subtract(1, ordering: .relaxed) }

    /// Whether a connection to an upstream may be opened. It is counted when it is there, so workers that ask at the
    /// same moment may together open one more each.
    func hasRoomForUpstream(_ bounds: ClientBounds) -> Bool {
        clients.load(ordering: .relaxed) + upstreams.load(ordering: .relaxed)
            < Int(bounds.socketCountMax)
    }

    /// Counts one more connection to an upstream.
    func openedUpstream() { upstreams.add(1, ordering: .relaxed) }

    /// A connection to an upstream that was counted has gone.
    func closedUpstream() { upstreams.subtract(1, ordering: .relaxed) }

    /// Counts one more connection of a client, unless that would be more than allowed.
    func enter(_ client: ClientAddress, countMax: UInt32) -> Bool {
        let network = client.network
        return byNetwork.withLock { counts in
            let count = counts[network, default: 0]
            guard count < countMax else { return false }
            counts[network] = count + 1
            return true
        }
    }

    /// A connection that was counted for its client has gone.
    func leave(_ client: ClientAddress) {
        let network = client.network
        byNetwork.withLock { counts in
            guard let count = counts[network] else {
                preconditionFailure("a client left that never came")
            }
            counts[network] = count > 1 ? count - 1 : nil
        }
    }

    /// A worker waits for one idle client of another worker to go.
    ///
    /// - Parameter wake: Is called for each worker that has to look, without the lock.
    func requestPlace(by worker: Int, wake: (Int) -> Void) {
        places.withLock { $0.request(by: worker) }
        var first = 0
        while let other = places.withLock({ $0.markAsked(from: first, for: worker) }) {
            wake(other)
            first = other + 1
        }
    }

    /// What has become of what a worker waits for.
    func answer(to worker: Int) -> PlaceRequests.Answer {
        places.withLock { $0.answer(to: worker) }
    }

    /// A worker waits no longer.
    func withdrawRequest(by worker: Int) { places.withLock { $0.withdraw(by: worker) } }

    /// The worker for which a client is to go. If there is none, the one that asks has looked.
    func promisePlace(by worker: Int) -> Int? { places.withLock { $0.promise(by: worker) } }

    /// The place that was promised to a worker is free.
    func grantPlace(to worker: Int) { places.withLock { $0.grant(to: worker) } }

    /// A worker has no client that goes for those who still wait.
    func noteLookedForPlaces(by worker: Int) { places.withLock { $0.noteLooked(by: worker) } }
}
