/// When the memory that handshakes and upgrades have left free is given back to the system.
///
/// A handshake of TLS takes about 40 KiB for a moment, an upgrade holds its request for as long as the
/// upstream takes. Of a burst of them the allocator keeps most, in pieces between what stays; and all that a
/// crowd of TLS clients had when it has left. To give it back costs time that grows with all that is in use,
/// so it is done when things are quiet again, and after no fewer changes than an eighth of the clients.
package struct MemoryTrim: BitwiseCopyable {
    /// Fewer leave too little to be worth it.
    package static let changesMin = 64
    /// Nothing has changed for so long.
    package static let quietMilliseconds: UInt64 = 200

    private var changeCount = 0
    private var lastEnd: MonotonicMilliseconds = 0
    private var clientCount = 0

    package init() {}

    /// A handshake has ended, or an upgrade.
    ///
    /// - Parameter clientCount: Clients that are connected.
    package mutating func opened(now: MonotonicMilliseconds, clientCount: Int) {
        changeCount += 1
        lastEnd = now
        self.clientCount = clientCount
    }

    /// A client over TLS has left, with the fourteen KiB that it had.
    ///
    /// - Parameter clientCount: Clients that are still connected.
    package mutating func left(now: MonotonicMilliseconds, clientCount: Int) {
        opened(now: now, clientCount: clientCount)
    }

    /// When it is time; nil if there is nothing to give back.
    package var due: MonotonicMilliseconds? {
        changeCount >= max(Self.changesMin, clientCount / 8)
            ? lastEnd + Self.quietMilliseconds : nil
    }

    /// Whether it is time. If so, it is taken for done.
    package mutating func takeTurn(now: MonotonicMilliseconds) -> Bool {
        guard let due, now >= due else { return false }
        changeCount = 0
        return true
    }
}
