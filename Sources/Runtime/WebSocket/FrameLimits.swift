/// What frames of one direction may measure. Bytes are those on the wire: compressed ones count as they
/// are.
package struct FrameLimits: BitwiseCopyable, Equatable, Sendable {
    /// Payload of one frame.
    package var frameBytesMax = UInt64.max
    /// Payload of all frames of one message.
    package var messageBytesMax = UInt64.max
    /// Messages since the beginning; the one that would be the next after so many is refused.
    package var messageCountMax = UInt64.max

    package init() {}
}
