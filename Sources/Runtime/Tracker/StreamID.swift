/// Names one stream of the process: `worker-slot-generation`, in hexadecimal digits.
package struct StreamID: BitwiseCopyable, Hashable, Sendable {
    package let worker: UInt16
    package let slot: UInt32
    package let generation: UInt32

    package init(worker: UInt16, slot: UInt32, generation: UInt32) {
        self.worker = worker
        self.slot = slot
        self.generation = generation
    }

    /// - Parameter text: As ``text`` writes it.
    package init?(text: some StringProtocol) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 3, let worker = UInt16(parts[0], radix: 16),
            let slot = UInt32(parts[1], radix: 16), let generation = UInt32(parts[2], radix: 16)
        else { return nil }
        self.init(worker: worker, slot: slot, generation: generation)
    }

    package var text: String {
        [UInt32(worker), slot, generation].map { String($0, radix: 16) }.joined(separator: "-")
    }
}
