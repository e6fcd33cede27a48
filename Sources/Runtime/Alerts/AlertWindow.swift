internal import RouteTable

/// The samples of an alert's window, and what they come to.
struct AlertWindow {
    /// More samples would say the same more finely.
    static let samplesMax = 60

    private var samples: [(time: MonotonicMilliseconds, sample: AlertSample)] = []
    private let lengthMilliseconds: UInt64
    /// The least time between two samples.
    let stepMilliseconds: UInt64

    init(milliseconds: UInt64) {
        lengthMilliseconds = milliseconds
        stepMilliseconds = max(1_000, milliseconds / UInt64(Self.samplesMax))
    }

    /// Takes a sample, and forgets what is older than the window. The last one before its beginning is
    /// kept: what has grown is counted from there.
    mutating func take(_ sample: AlertSample, now: MonotonicMilliseconds) {
        samples.append((now, sample))
        while samples.count > 2, samples[1].time + lengthMilliseconds <= now {
            samples.removeFirst()
        }
    }

    /// What is compared with the threshold: connections, millionths or microseconds; nil if nothing has
    /// happened in the window.
    func value(quantilePercent: Int, bounds: [UInt64]) -> UInt64? {
        guard let first = samples.first?.sample, let last = samples.last?.sample else { return nil }
        switch (first, last) {
        case (_, .gauge(let count)): return count
        case (.share(let failedBefore, let allBefore), .share(let failed, let all)):
            let whole = all &- allBefore
            guard whole > 0, all >= allBefore else { return nil }
            // Failures are counted a moment apart from requests: there can't be more of them.
            let part = min(failed &- failedBefore, whole)
            return part * 1_000_000 / whole
        case (.durations(let before), .durations(let after)):
            let grown = zip(after, before).map { $0 &- $1 }
            return Self.quantile(quantilePercent, of: grown, bounds: bounds)
        case (.gauge, .share), (.gauge, .durations), (.share, .durations), (.durations, .share):
            preconditionFailure("an alert looks at one thing for all of its life")
        }
    }

    /// As Prometheus estimates it: evenly spread within a bucket. What lies above the last bound has
    /// that bound.
    static func quantile(_ percent: Int, of buckets: [UInt64], bounds: [UInt64]) -> UInt64? {
        let total = buckets.reduce(0, +)
        guard total > 0 else { return nil }
        let rank = Double(total) * Double(percent) / 100
        var seen = 0.0
        for (index, count) in buckets.enumerated() where count > 0 {
            let next = seen + Double(count)
            guard next >= rank else {
                seen = next
                continue
            }
            guard index < bounds.count else { break }
            let lower = index == 0 ? 0 : Double(bounds[index - 1])
            let upper = Double(bounds[index])
            return UInt64(lower + (upper - lower) * (rank - seen) / Double(count))
        }
        return bounds.last
    }
}
