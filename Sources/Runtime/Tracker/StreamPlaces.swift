package import RouteTable
internal import Synchronization

/// The streams of one policy, WebSockets or event streams, counted exactly over all workers: in total
/// and by client.
///
/// Belongs to a middleware by its name, so that the count goes on through a reload. Both counts change
/// under one lock, which is taken when a stream comes and when it goes. Memory is bounded by the streams
/// that there are: a client without one is forgotten.
package final class StreamPlaces: Sendable {
    private struct Counts {
        var total: UInt32 = 0
        var byClient: [ClientAddress: UInt32] = [:]
    }

    private let counts = Mutex(Counts())

    package init() {}

    /// Takes a place, if there is one.
    ///
    /// - Parameter client: Who asks: the peer, or whom a trusted proxy names. IPv6 clients are counted
    ///   by their network of 64 bits.
    package func take(
        _ client: ClientAddress, limits: StreamLimits
    ) -> Result<StreamPlace, StreamRefusal> {
        let client = client.network
        return counts.withLock { counts in
            guard limits.countMax == 0 || counts.total < limits.countMax else {
                return .failure(.full)
            }
            let countsForClient = limits.countPerClientMax > 0
            if countsForClient {
                let count = counts.byClient[client, default: 0]
                guard count < limits.countPerClientMax else { return .failure(.fullForClient) }
                counts.byClient[client] = count + 1
            }
            counts.total += 1
            return .success(StreamPlace(for: client, countsForClient: countsForClient))
        }
    }

    /// Gives back what was taken here.
    package func giveBack(_ place: StreamPlace) {
        counts.withLock { counts in
            precondition(counts.total > 0, "a place was given back that nobody took")
            counts.total -= 1
            guard place.countsForClient else { return }
            guard let count = counts.byClient[place.client] else {
                preconditionFailure("a place of a client was given back that it never took")
            }
            counts.byClient[place.client] = count > 1 ? count - 1 : nil
        }
    }

    /// Streams at this moment.
    package var count: Int { Int(counts.withLock { $0.total }) }

    /// Clients that are counted at this moment.
    package var clientCount: Int { counts.withLock { $0.byClient.count } }
}

extension StreamRefusal: Error {}
