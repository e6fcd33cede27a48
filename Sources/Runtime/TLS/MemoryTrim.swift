/// When the memory that handshakes have left free is given back to the system.
///
/// A handshake takes about 40 KiB for a moment. Of a burst of them the allocator keeps most, in pieces
/// between what stays. To give it back costs time that grows with all that is in use, so it is done
/// when things are quiet again, and after no fewer handshakes than an eighth of the clients.
package struct MemoryTrim: BitwiseCopyable {
    /// Fewer leave too little to be worth it.
    package static let handshakesMin = 64
    /// No handshake has ended for so long.
    package static let quietMilliseconds: UInt64 = 200

    private var handshakeCount = 0
    private var lastEnd: MonotonicMilliseconds = 0
    private var clientCount = 0

    package init() {}

    /// A handshake has ended.
    ///
    /// - Parameter clientCount: Clients that are connected.
    package mutating func handshakeEnded(now: MonotonicMilliseconds, clientCount: Int) {
        handshakeCount += 1
        lastEnd = now
        self.clientCount = clientCount
    }

    /// When it is time; nil if there is nothing to give back.
    package var due: MonotonicMilliseconds? {
        handshakeCount >= max(Self.handshakesMin, clientCount / 8)
            ? lastEnd + Self.quietMilliseconds : nil
    }

    /// Whether it is time. If so, it is taken for done.
    package mutating func takeTurn(now: MonotonicMilliseconds) -> Bool {
        guard let due, now >= due else { return false }
        handshakeCount = 0
        return true
    }
}
