package import RouteTable

/// Whether one endpoint may be given requests: what the health checks say, and what became of the
/// requests that it was given.
///
///     closed ──failures in a row──▶ open ──time is up, one request──▶ probing
///        ▲                           ▲                                  │
///        │                           └──────────failure─────────────────┤
///        └──────────────success; more requests step by step─────────────┘
///
/// Holds no clock. Belongs to one worker.
package struct EndpointHealth: BitwiseCopyable, Sendable {
    private enum Circuit: UInt8, BitwiseCopyable {
        case closed
        case open
        /// One request finds out.
        case probing
    }

    /// What good health checks count for while an endpoint is ejected.
    private enum Vouching: UInt8, BitwiseCopyable {
        /// The next one ends the ejection.
        case awaited
        /// One has ended it; a request shows whether it was right.
        case onTrial
        /// It was not, for checks see something else than requests do: the ejection lasts for its time.
        case refuted
    }

    /// An endpoint that is back gets all of its share after this time.
    package static let slowStartMilliseconds: UInt64 = 10_000
    /// And this much at the start, of 256.
    private static let firstShare: UInt64 = 26
    /// The time of ejection is doubled so often at most.
    private static let doublingsMax: UInt8 = 5
    /// Time for a request that finds out. A slow one must not keep others from finding out.
    private static let probeMilliseconds: UInt64 = 10_000
    /// So long after it was sent others may go along that have nobody else: who is there again says so soon. And so
    /// long it is left alone where its client has given it up.
    package static let companyMilliseconds: UInt64 = 1_000

    private var circuit = Circuit.closed
    private var ejectionCount: UInt8 = 0
    private var failureCount: UInt32 = 0
    /// Requests that are finding out.
    private var finderCount: UInt32 = 0
    /// The health checks say that it is not to be used.
    package private(set) var isDown = false
    private var vouching = Vouching.awaited
    /// The last failure was that of a connection: nothing that was sent can be to blame for it.
    private var isUnreachable = false
    /// When it was ejected.
    private var openSince: MonotonicMilliseconds = 0
    private var openUntil: MonotonicMilliseconds = 0
    /// While a request finds out before its time: until when the ejection was to last. Else 0.
    private var earlyUntil: MonotonicMilliseconds = 0
    /// When it was last tried in vain before its time; 0 if it has answered since.
    private var earlyFailure: MonotonicMilliseconds = 0
    /// When it came back; 0 if it gets all of its share.
    private var backSince: MonotonicMilliseconds = 0

    package init() {}

    /// Nothing is known against it.
    package var isUnimpaired: Bool { circuit == .closed && !isDown && backSince == 0 }

    /// Whether it is ejected at the moment.
    package var isEjected: Bool { circuit != .closed }

    /// Whether the last request failed of which something is known.
    package var isFailing: Bool { failureCount > 0 }

    /// From when on one request finds out whether it works again; 0 if it is not ejected. While one does so,
    /// that is some time in the past.
    package var triedAgainFrom: MonotonicMilliseconds {
        switch circuit {
        case .closed: 0
        case .open: max(1, openUntil)
        case .probing: 1
        }
    }

    /// Whether a request may be sent to it.
    package func admits(now: MonotonicMilliseconds) -> Bool {
        guard !isDown else { return false }
        switch circuit {
        case .closed: return true
        case .open, .probing: return now >= openUntil
        }
    }

    /// Whether a request may be sent to it because all others are left out as well: one at a time finds out, however
    /// long it was to stay out.
    package func admitsAtNeed(now: MonotonicMilliseconds) -> Bool {
        admits(now: now) || !isDown && circuit == .open
    }

    /// Whether a request may go along with the one that is finding out, for nobody else is left to it.
    ///
    /// - Parameter hasFailed: Elsewhere, so that it would go back there. A fresh one only goes where it can do
    ///   no harm.
    package func admitsCompanion(now: MonotonicMilliseconds, hasFailed: Bool) -> Bool {
        guard circuit == .probing, !isDown, hasFailed || isUnreachable else { return false }
        return now + Self.probeMilliseconds < openUntil + Self.companyMilliseconds
    }

    /// Whether it was tried in vain a moment ago, before its time. Who has somewhere else to go does not try it again,
    /// so that one that stays away costs few requests an attempt.
    package func hasFailedLately(now: MonotonicMilliseconds) -> Bool {
        earlyFailure > 0 && now < earlyFailure + Self.companyMilliseconds
    }

    /// How much of its share it is to get, of 256.
    package func share(now: MonotonicMilliseconds) -> UInt64 {
        guard backSince > 0 else { return 256 }
        let since = now > backSince ? now - backSince : 0
        guard since < Self.slowStartMilliseconds else { return 256 }
        return Self.firstShare + (256 - Self.firstShare) * since / Self.slowStartMilliseconds
    }

    /// The first moment when a request may be sent to it that may not be now.
    ///
    /// - Parameters:
    ///   - triesEjected: Whether ejected endpoints are tried where nobody else is left.
    ///   - checkedGood: When its health checks can have said that it is well, at the earliest.
    package func returnsAt(
        now: MonotonicMilliseconds, triesEjected: Bool, checkedGood: MonotonicMilliseconds
    ) -> MonotonicMilliseconds {
        if isDown { return max(now, checkedGood) }
        switch circuit {
        // Or some request is finding out, and may have by then.
        case .closed, .probing: return now
        case .open: return triesEjected ? now : max(now, openUntil)
        }
    }

    /// A request is sent to it.
    ///
    /// - Returns: Whether it finds out whether the endpoint works again.
    package mutating func begin(now: MonotonicMilliseconds) -> Bool {
        guard circuit != .closed else { return false }
        if circuit == .open { finderCount = 0 }
        finderCount += finderCount == .max ? 0 : 1
        if circuit == .probing, now < openUntil { return true }
        if circuit == .open { earlyUntil = now < openUntil ? openUntil : 0 }
        circuit = .probing
        openUntil = now + Self.probeMilliseconds
        return true
    }

    /// It has answered.
    package mutating func succeed(now: MonotonicMilliseconds) {
        failureCount = 0
        switch circuit {
        case .closed:
            guard backSince > 0, now >= backSince + Self.slowStartMilliseconds else { return }
            backSince = 0
            ejectionCount = 0
        case .probing:
            circuit = .closed
            vouching = .awaited
            earlyFailure = 0
            backSince = max(1, now)
        // The answer to a request from before; it says nothing about now.
        case .open: return
        }
    }

    /// It did not answer as it should.
    ///
    /// - Parameters:
    ///   - canBeSpared: Whether the service can do without it.
    ///   - wasSent: Whether there was a connection.
    /// - Returns: Whether it is ejected by that.
    @discardableResult
    package mutating func fail(
        now: MonotonicMilliseconds, _ breaker: ServicePolicy.Breaker, canBeSpared: Bool = true,
        wasSent: Bool = true
    ) -> Bool {
        guard circuit != .open else { return false }
        isUnreachable = !wasSent
        failureCount += failureCount == .max ? 0 : 1
        let isTooMany =
            breaker.consecutiveFailures > 0 && failureCount >= breaker.consecutiveFailures
        guard circuit == .probing || isTooMany && canBeSpared else { return false }
        if circuit == .probing, earlyUntil > 0 {
            // Nobody has said that it is well: it was tried because nothing else was left, as often as there are
            // requests. That makes its ejection no longer.
            circuit = .open
            openUntil = max(now, earlyUntil)
            earlyFailure = max(1, now)
            failureCount = 0
            return false
        }
        if vouching == .onTrial { vouching = .refuted }
        openSince = now
        let doublings = UInt64(min(ejectionCount, Self.doublingsMax))
        openUntil = now + UInt64(breaker.ejectionMilliseconds) << doublings
        ejectionCount = min(ejectionCount + 1, Self.doublingsMax)
        circuit = .open
        failureCount = 0
        return true
    }

    /// A health check has succeeded: if that says something new, the next request finds out at once whether an
    /// ejection is over. Where that request fails, later checks no longer cut short what follows, so that
    /// an endpoint whose checks alone are good does not come and go with each of them.
    ///
    /// - Parameter since: When the check began. One from before the ejection knows nothing of it.
    /// - Returns: Whether that ends an ejection.
    package mutating func vouch(
        since: MonotonicMilliseconds, now: MonotonicMilliseconds
    ) -> Bool {
        guard circuit == .open, !isDown, vouching == .awaited, since >= openSince, now < openUntil
        else { return false }
        vouching = .onTrial
        openUntil = now
        return true
    }

    /// A request that was to find out ended without a verdict: if it was the last of those that did, the next one does.
    ///
    /// - Parameter wasSent: There was a connection, and no answer as long as the client waited: where nobody
    ///   answers, the next one shall not be kept waiting at once.
    package mutating func abandonProbe(now: MonotonicMilliseconds, wasSent: Bool) {
        guard circuit == .probing else { return }
        finderCount -= finderCount == 0 ? 0 : 1
        guard finderCount == 0 else { return }
        circuit = .open
        openUntil = max(wasSent ? now + Self.companyMilliseconds : now, earlyUntil)
    }

    /// Failures of requests are no longer counted: what they led to is over.
    package mutating func forgetFailures() {
        circuit = .closed
        vouching = .awaited
        failureCount = 0
    }

    /// The health checks have come to a verdict.
    package mutating func set(isDown: Bool, now: MonotonicMilliseconds) {
        guard self.isDown != isDown else { return }
        self.isDown = isDown
        guard !isDown else { return }
        // Its checks are good: what requests said before counts no more.
        circuit = .closed
        vouching = .awaited
        failureCount = 0
        backSince = max(1, now)
    }
}
