internal import Glibc

/// What one TLS session reads ciphertext from and writes it to: a socket that somebody else owns,
/// read through the feed of its worker.
///
/// Lives behind the `BIO` of its session, at one address.
@safe
struct TLSWire {
    enum Outcome: Equatable {
        case moved(Int)
        case wouldBlock
        case endOfStream
        /// `errno` says why.
        case broken
    }

    private let feed: UnsafeMutablePointer<TLSFeed.State>
    private let descriptor: Int32
    /// The last `recv` of this turn, or since ``begin(endSeen:)`` where there are no turns, brought less than there was
    /// room for: the next bytes announce themselves.
    private var isDrained = false
    /// The next bytes to be sent are of use with those behind them only.
    private var defersSending = false
    /// The kernel has announced an end: nothing more will be announced.
    private var endSeen = false
    /// The peer will send nothing more.
    private(set) var isEnded = false
    /// What was left in the feed when another session needed it.
    private var stash: UnsafeMutableRawPointer?
    private var stashStart: UInt32 = 0
    private var stashEnd: UInt32 = 0
    /// The turn of the feed's worker in which the socket was last found drained.
    private var drainedTurn: UInt64 = 0

    /// Counts as a use of the feed until ``destroy(_:)``.
    init(_ descriptor: Int32, feed: UnsafeMutablePointer<TLSFeed.State>) {
        // SAFETY: the caller has the feed.
        unsafe feed.pointee.userCount += 1
        unsafe self.feed = feed
        self.descriptor = descriptor
    }

    /// See ``TLSSession/beginReading(endSeen:)``.
    mutating func begin(endSeen: Bool) {
        // SAFETY: the feed is alive while the session is. What came since would be announced to the next turn.
        let turn = unsafe feed.pointee.turn
        let isSameTurn = turn != 0 && drainedTurn == turn
        isDrained = isDrained && isSameTurn && !endSeen
        self.endSeen = endSeen
    }

    /// Has the next bytes wait in the kernel for those behind them; it waits a fifth of a second at most.
    mutating func deferNextWrite() { defersSending = true }

    /// Whether the last `recv` brought all there was, and nothing of it is left.
    static func isEmpty(_ wire: UnsafeMutablePointer<TLSWire>) -> Bool {
        // SAFETY: wire and feed are alive while the session is.
        guard unsafe wire.pointee.isDrained, unsafe wire.pointee.stash == nil else { return false }
        let feed = unsafe wire.pointee.feed
        return unsafe feed.pointee.owner != wire || feed.pointee.start == feed.pointee.end
    }

    /// Ends a wire and frees its memory.
    static func destroy(_ wire: UnsafeMutablePointer<TLSWire>) {
        // SAFETY: the session is gone, which alone knew the address; the feed forgets it too.
        let feed = unsafe wire.pointee.feed
        if unsafe feed.pointee.owner == wire {
            unsafe feed.pointee.owner = nil
            unsafe feed.pointee.start = 0
            unsafe feed.pointee.end = 0
        }
        unsafe wire.pointee.stash?.deallocate()
        unsafe wire.deallocate()
        unsafe TLSFeed.release(feed)
    }

    /// Takes up to `count` bytes of ciphertext.
    static func read(
        _ wire: UnsafeMutablePointer<TLSWire>, into out: UnsafeMutableRawPointer, count: Int
    ) -> Outcome {
        // SAFETY: wire and feed are alive while the session is; `out` has room for `count` bytes.
        if unsafe wire.pointee.stash != nil {
            return .moved(unsafe wire.pointee.takeStash(into: out, count: count))
        }
        let feed = unsafe wire.pointee.feed
        if unsafe feed.pointee.owner != wire || feed.pointee.start == feed.pointee.end {
            let outcome = unsafe fill(wire)
            guard case .moved = outcome else { return outcome }
        }
        let taken = unsafe min(count, feed.pointee.end - feed.pointee.start)
        unsafe out.copyMemory(from: feed.pointee.bytes + feed.pointee.start, byteCount: taken)
        unsafe feed.pointee.start += taken
        return .moved(taken)
    }

    /// Sends up to `count` bytes of ciphertext.
    mutating func write(_ bytes: UnsafeRawPointer, count: Int) -> Outcome {
        let more = defersSending ? Int32(MSG_MORE) : 0
        defersSending = false
        // SAFETY: the kernel reads `count` bytes that are OpenSSL's during the call.
        let sent = unsafe send(descriptor, bytes, count, Int32(MSG_NOSIGNAL) | more)
        if sent >= 0 { return .moved(sent) }
        return errno == EAGAIN || errno == EINTR ? .wouldBlock : .broken
    }

    /// Receives into the feed, after what another session left there was put by.
    private static func fill(_ wire: UnsafeMutablePointer<TLSWire>) -> Outcome {
        // SAFETY: as in `read`; an owner is alive, or it would have been forgotten.
        if unsafe wire.pointee.isDrained { return .wouldBlock }
        let feed = unsafe wire.pointee.feed
        if let owner = unsafe feed.pointee.owner, unsafe feed.pointee.start < feed.pointee.end {
            unsafe owner.pointee.putBy()
        }
        unsafe feed.pointee.owner = wire
        unsafe feed.pointee.start = 0
        unsafe feed.pointee.end = 0
        let capacity = unsafe feed.pointee.capacity
        let count = unsafe recv(wire.pointee.descriptor, feed.pointee.bytes, capacity, 0)
        if count > 0 {
            unsafe feed.pointee.end = count
            unsafe wire.pointee.isDrained = count < capacity && !wire.pointee.endSeen
            unsafe wire.pointee.drainedTurn = feed.pointee.turn
            return .moved(count)
        }
        if count == 0 {
            unsafe wire.pointee.isEnded = true
            // An end has no number: whoever asks for it shall not find that of another call.
            errno = 0
            return .endOfStream
        }
        return errno == EAGAIN || errno == EINTR ? .wouldBlock : .broken
    }

    /// Keeps what the feed has of this wire.
    private mutating func putBy() {
        precondition(unsafe stash == nil, "what was put by is taken before more is received")
        // SAFETY: the feed holds `count` bytes from its start on; the stash is as large.
        let count = unsafe feed.pointee.end - feed.pointee.start
        let kept = UnsafeMutableRawPointer.allocate(byteCount: count, alignment: 16)
        unsafe kept.copyMemory(from: feed.pointee.bytes + feed.pointee.start, byteCount: count)
        unsafe stash = kept
        stashStart = 0
        stashEnd = UInt32(count)
    }

    private mutating func takeStash(into out: UnsafeMutableRawPointer, count: Int) -> Int {
        let taken = min(count, Int(stashEnd - stashStart))
        // SAFETY: the stash has `stashEnd` bytes; the room is the caller's.
        if let stash = unsafe stash {
            unsafe out.copyMemory(from: stash + Int(stashStart), byteCount: taken)
        }
        stashStart += UInt32(taken)
        if stashStart == stashEnd {
            unsafe stash?.deallocate()
            unsafe stash = nil
        }
        return taken
    }
}
