/// Which request comes when. The same in every run.
enum BenchOrder {
    private static let seed: UInt64 = 1

    /// - Returns: `count` numbers below `requestCount`.
    static func make(
        _ distribution: BenchSettings.Distribution, requestCount: Int, count: Int
    ) -> [UInt32] {
        precondition(requestCount > 0, "an order of no requests")
        var numbers = BenchNumbers(seed: seed)
        switch distribution {
        case .inOrder: return (0..<count).map { UInt32($0 % requestCount) }
        case .uniform:
            return (0..<count).map { _ in
                UInt32(numbers.next().multipliedFullWidth(by: UInt64(requestCount)).high)
            }
        case .zipf:
            // Which requests are popular has nothing to do with their place in the table.
            let shuffled = (0..<UInt32(requestCount)).shuffled(using: &numbers)
            let sums = sums(requestCount)
            let total = sums[requestCount - 1]
            return (0..<count).map { _ in
                shuffled[index(of: numbers.nextShare() * total, in: sums)]
            }
        }
    }

    /// The request of rank *r* has the weight 1/*r*.
    private static func sums(_ count: Int) -> [Double] {
        var sum = 0.0
        return (1...count).map { rank in
            sum += 1 / Double(rank)
            return sum
        }
    }

    /// The first place whose sum is above `point`.
    private static func index(of point: Double, in sums: [Double]) -> Int {
        var low = 0
        var high = sums.count - 1
        while low < high {
            let middle = low + (high - low) / 2
            if sums[middle] > point { high = middle } else { low = middle + 1 }
        }
        return low
    }
}
