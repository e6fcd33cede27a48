internal import Glibc

/// The one buffer of a worker that ciphertext is received into, whichever connection it is of.
///
/// OpenSSL asks for the head of a record and then for its body. From here it gets both, and the
/// records behind them, after a single `recv`, and no connection holds a read-ahead buffer for that.
/// What one connection leaves behind is put by when another one reads (``TLSWire``).
///
/// Belongs to one thread. Sessions keep its memory alive.
@safe
package struct TLSFeed: ~Copyable {
    /// What sessions hold of it.
    @safe
    struct State {
        let bytes: UnsafeMutableRawPointer
        let capacity: Int
        /// What OpenSSL has not taken yet, of ``owner``.
        var start = 0
        var end = 0
        var owner: UnsafeMutablePointer<TLSWire>?
        /// The feed itself and each wire.
        var userCount = 1
        /// See ``TLSFeed/beginTurn()``.
        var turn: UInt64 = 0
    }

    let state: UnsafeMutablePointer<State>

    /// - Parameter capacity: Bytes taken from a socket in one call.
    package init(capacity: Int = Limits.readBytesMax) {
        // SAFETY: memory of the feed's own, given back by `release` when nobody uses it any more.
        unsafe state = .allocate(capacity: 1)
        unsafe state.initialize(
            to: State(
                bytes: .allocate(byteCount: capacity, alignment: 64), capacity: capacity,
                owner: nil))
    }

    /// The kernel was asked what happened: bytes that come from now on are announced to the next turn, so a
    /// socket that is found drained is not asked again in this one. Without turns each asks for itself.
    package func beginTurn() {
        // SAFETY: the state is the feed's until `deinit`. Zero means that there are no turns.
        unsafe state.pointee.turn &+= 1
    }

    // SAFETY: the feed gives up its own use.
    deinit { unsafe Self.release(state) }

    /// Lets go of one use; the last one frees the memory.
    @unsafe
    static func release(_ state: UnsafeMutablePointer<State>) {
        // SAFETY: callers give up a use that they counted, so the state is alive until here.
        unsafe state.pointee.userCount -= 1
        guard unsafe state.pointee.userCount == 0 else { return }
        unsafe state.pointee.bytes.deallocate()
        unsafe state.deallocate()
    }
}
