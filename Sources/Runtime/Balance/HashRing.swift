/// The points of a service's endpoints on a ring of hashes (Karger et al. 1997).
///
/// An endpoint's points depend on its text alone: when one is added or removed, only the keys that
/// fall to it move.
package struct HashRing: Sendable {
    /// Points of an endpoint of average weight. More of them are spread more evenly.
    private static let pointsPerEndpoint = 160
    /// Points of a whole ring: what a service of thousands of endpoints may cost.
    private static let pointsMax = 262_144

    /// Ascending.
    private let hashes: [UInt64]
    /// The endpoint, by its place in the service, of each point.
    private let members: [UInt32]

    /// - Parameter endpoints: What names each endpoint for good, and its weight.
    package init(_ endpoints: [(text: [UInt8], weight: UInt32)]) {
        let total = endpoints.reduce(UInt64(0)) { $0 + UInt64($1.weight) }
        let average = min(Self.pointsPerEndpoint, max(1, Self.pointsMax / max(1, endpoints.count)))
        var points: [(hash: UInt64, member: UInt32)] = []
        for (index, endpoint) in endpoints.enumerated() {
            let share = UInt64(average * endpoints.count) * UInt64(endpoint.weight)
            let count = max(1, share / max(1, total))
            for number in 0..<count {
                points.append((KeyHash.text(endpoint.text, number: number), UInt32(index)))
            }
        }
        points.sort { ($0.hash, $0.member) < ($1.hash, $1.member) }
        hashes = points.map(\.hash)
        members = points.map(\.member)
    }

    /// Number of points.
    package var count: Int { members.count }

    /// The place of the first point at or behind `hash`. O(log *n*).
    package func place(of hash: UInt64) -> Int {
        var low = 0
        var high = hashes.count
        while low < high {
            let middle = (low + high) / 2
            if hashes[middle] < hash { low = middle + 1 } else { high = middle }
        }
        return low == hashes.count ? 0 : low
    }

    /// The endpoint of the point `steps` behind `place`.
    package func member(at place: Int, after steps: Int) -> UInt32 {
        let index = place + steps
        return members[index < members.count ? index : index - members.count]
    }
}
