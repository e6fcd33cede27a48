/// Whose messages that have begun may end before a Close frame of ours stands behind them. It always waits for the
/// end of a frame.
package enum MessageWait: BitwiseCopyable, Sendable {
    case neither
    /// The upstream's: the client has lost the right to say more, but what it is told may be whole.
    case upstream
    case both

    @inline(__always)
    func concerns(_ sender: FrameCursor.Sender) -> Bool {
        switch self {
        case .neither: false
        case .upstream: sender == .upstream
        case .both: true
        }
    }
}
