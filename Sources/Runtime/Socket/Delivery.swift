/// What the kernel says of the bytes that it was given for a peer.
package struct Delivery: BitwiseCopyable, Equatable, Sendable {
    /// Bytes that the peer has not acknowledged, or that were not sent yet.
    package var waitingByteCount: Int
    /// The last bits of the number of bytes that it has acknowledged.
    package var acknowledged: UInt32

    package init(waitingByteCount: Int, acknowledged: UInt32) {
        self.waitingByteCount = waitingByteCount
        self.acknowledged = acknowledged
    }
}
