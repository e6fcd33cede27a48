/// What is known of one side of a WebSocket.
package struct WebSocketPeer: BitwiseCopyable, Sendable {
    /// What the side was told about the end.
    package enum Farewell: UInt8, BitwiseCopyable, Sendable {
        /// Nothing.
        case none
        /// A Close frame of ours goes out as soon as a frame ends.
        case due
        /// A Close frame of ours. Nothing may follow it.
        case ours
        /// The other side's own Close frame.
        case passed
    }

    // In the order in which there are no gaps.

    /// The frames that it sends.
    var frames: FrameCursor
    package internal(set) var farewell = Farewell.none
    var pingSentMicroseconds: UInt64 = 0
    /// How long the last ping and its pong took, in microseconds; 0: unknown.
    package internal(set) var roundTripMicroseconds: UInt32 = 0
    /// The number that a ping of ours has which is not answered; 0 if there is none.
    var openSequence: UInt32 = 0
    /// When the pong is due, if ``awaitsPong`` says that one is.
    var pongDeadline = BriefTime(0)
    /// How many bytes the peer had acknowledged when it was last found that the ping may still be on its
    /// way.
    var acknowledged: UInt32 = 0
    /// Code of the Close frame of ours.
    var farewellCode = CloseCode(rawValue: 0)
    /// Its Close frame or its end has come: nothing that matters can follow.
    package internal(set) var hasClosed = false
    /// A ping of ours goes out to it as soon as a frame ends.
    var owesPing = false
    var awaitsPong = false
    /// ``acknowledged`` is about the ping that is not answered.
    var isWatched = false

    init(_ sender: FrameCursor.Sender, allowsCompression: Bool, allowsReservedBits: Bool) {
        frames = FrameCursor(
            sender, allowsCompression: allowsCompression, allowsReservedBits: allowsReservedBits)
    }

    /// Messages that it has begun.
    package var messageCount: UInt64 { frames.messageCount }
    /// Code of its own Close frame; 0 if there was none, or frames are not looked at.
    package var closeCode: UInt16 { frames.closeCode }
    /// Whether its own Close frame has come.
    var saidClose: Bool { frames.sawClose }
    /// Whether a ping may go to it.
    var takesPings: Bool { farewell == .none && !hasClosed }
    /// Its Close frame or its end has come: it answers no ping any more.
    mutating func close() {
        hasClosed = true
        owesPing = false
        awaitsPong = false
    }
    /// Whether it was told to close and has answered.
    var isDone: Bool { hasClosed && (farewell == .ours || farewell == .passed) }
}
