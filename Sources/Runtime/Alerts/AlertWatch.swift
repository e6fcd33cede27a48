package import RouteTable

/// One alert: whether it fires, and since when.
package struct AlertWatch: Sendable {
    /// What has changed.
    package enum Change: Equatable, Sendable {
        /// It fires from now on.
        case begins(value: UInt64)
        /// It fires no more; without a value nothing has happened in its window.
        case ends(value: UInt64?)
    }

    private enum State: Sendable {
        case quiet
        /// Above the threshold, not yet for long enough.
        case above(since: MonotonicMilliseconds)
        case firing(since: MonotonicMilliseconds)
    }

    package let alert: AlertDescription
    private let bounds: [UInt64]
    private var window: AlertWindow
    private var state = State.quiet
    /// What was compared last.
    package private(set) var value: UInt64?
    private var sampleDue: MonotonicMilliseconds = 0

    /// - Parameter bounds: Upper bounds of the buckets of samples, in microseconds.
    package init(_ alert: AlertDescription, bounds: [UInt64]) {
        self.alert = alert
        self.bounds = bounds
        window = AlertWindow(milliseconds: alert.windowMilliseconds)
    }

    /// When it began to fire, if it does.
    package var firingSince: MonotonicMilliseconds? {
        if case .firing(let since) = state { since } else { nil }
    }

    /// Whether a sample is due.
    package func isDue(now: MonotonicMilliseconds) -> Bool { now >= sampleDue }

    /// Takes what there is now.
    package mutating func take(_ sample: AlertSample, now: MonotonicMilliseconds) -> Change? {
        sampleDue = now + window.stepMilliseconds
        window.take(sample, now: now)
        value = window.value(quantilePercent: alert.quantilePercent, bounds: bounds)
        let isAbove = value.map { $0 > alert.threshold } ?? false
        switch (state, isAbove) {
        case (.quiet, false), (.firing, true): return nil
        case (.above, false):
            state = .quiet
            return nil
        case (.firing, false):
            state = .quiet
            return .ends(value: value)
        case (.quiet, true):
            state = .above(since: now)
            return fireIfHeld(since: now, now: now)
        case (.above(let since), true): return fireIfHeld(since: since, now: now)
        }
    }

    private mutating func fireIfHeld(
        since: MonotonicMilliseconds, now: MonotonicMilliseconds
    ) -> Change? {
        guard now - since >= alert.holdMilliseconds, let value else { return nil }
        state = .firing(since: now)
        return .begins(value: value)
    }
}
