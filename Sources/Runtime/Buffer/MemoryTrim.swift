/// When the memory that handshakes and upgrades have left free is given back to the system.
///
/// A handshake of TLS takes about 40 KiB for a moment, an upgrade holds its request for as long as the
/// upstream takes. Of a burst of them the allocator keeps most, in pieces between what stays. To give it
/// back costs time that grows with all that is in use, so it is done when things are quiet again, and after
/// no fewer openings than an eighth of the clients.
package struct MemoryTrim: BitwiseCopyable {
    /// Fewer leave too little to be worth it.
    package static let openingsMin = 64
    /// Nothing was opened for so long.
    package static let quietMilliseconds: UInt64 = 200

    private var openingCount = 0
    private var lastEnd: MonotonicMilliseconds = 0
    private var clientCount = 0

    package init() {}

    /// A handshake has ended, or an upgrade.
    ///
    /// - Parameter clientCount: Clients that are connected.
    package mutating func opened(now: MonotonicMilliseconds, clientCount: Int) {
        openingCount += 1
        lastEnd = now
        self.clientCount = clientCount
    }

    /// When it is time; nil if there is nothing to give back.
    package var due: MonotonicMilliseconds? {
        openingCount >= max(Self.openingsMin, clientCount / 8)
            ? lastEnd + Self.quietMilliseconds : nil
    }

    /// Whether it is time. If so, it is taken for done.
    package mutating func takeTurn(now: MonotonicMilliseconds) -> Bool {
        guard let due, now >= due else { return false }
        openingCount = 0
        return true
    }
}
