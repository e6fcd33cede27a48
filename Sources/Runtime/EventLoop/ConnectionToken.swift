/// Names one connection of one worker. Slots are reused; the generation tells their users apart.
///
/// Travels through the kernel as the 64-bit payload of an epoll event.
package struct ConnectionToken: Hashable, BitwiseCopyable, Sendable {
    let slot: UInt32
    let generation: UInt32

    package init(slot: UInt32, generation: UInt32) {
        self.slot = slot
        self.generation = generation
    }

    init(eventData: UInt64) {
        self.slot = UInt32(truncatingIfNeeded: eventData)
        self.generation = UInt32(truncatingIfNeeded: eventData &>> 32)
    }

    var eventData: UInt64 { UInt64(generation) &<< 32 | UInt64(slot) }

    /// No connection: its generation is never given out.
    static var none: ConnectionToken { ConnectionToken(slot: .max, generation: 0) }
}
