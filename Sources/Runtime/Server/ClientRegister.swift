import RouteTable
import Synchronization

/// How many clients are connected, over all workers. One of the few things that workers share.
///
/// The count of all is an atomic. Those of each client are behind a lock, which is taken only where
/// `max_connections_per_client` is set, when a client comes and when it goes.
final class ClientRegister: Sendable {
    private let total = Atomic<Int>(0)
    private let byNetwork = Mutex<[ClientAddress: UInt32]>([:])

    /// Counts one more client, unless that would be more than allowed.
    func enter(countMax: UInt32) -> Bool {
        let count = total.add(1, ordering: .relaxed).newValue
        guard count > Int(countMax) else { return true }
        leave()
        return false
    }

    /// A client that was counted has gone.
    func leave() { total.subtract(1, ordering: .relaxed) }

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
}
