import Runtime

/// Walks bytes as a connection does: what is a part of something is kept in front of what comes next.
struct FrameHarness {
    var cursor: FrameCursor
    var limits = FrameLimits()
    /// All steps, and how many bytes were taken until then.
    var steps: [FrameCursor.Step] = []
    var offsets: [Int] = []
    private var kept: [UInt8] = []
    private var taken = 0

    init(_ sender: FrameCursor.Sender = .client, allowsCompression: Bool = false) {
        cursor = FrameCursor(sender, allowsCompression: allowsCompression)
    }

    /// Feeds bytes until they are used up or nothing more can be read.
    mutating func feed(_ bytes: [UInt8], stopsAtBoundary: Bool = true) {
        let all = kept + bytes
        var offset = 0
        let span = all.span
        while !hasEnded {
            // SAFETY: the view is of bytes, which have no padding, and is used while the array lives.
            let step = unsafe cursor.next(
                in: span.bytes, at: &offset, limits: limits, stopsAtBoundary: stopsAtBoundary)
            if step == .end || step == .partial { break }
            steps.append(Self.relative(step))
            offsets.append(taken + offset)
        }
        kept = Array(all[offset...])
        taken += offset
    }

    var hasEnded: Bool {
        switch steps.last {
        case .fault, .close: true
        default: false
        }
    }

    /// Without the place in a read, which depends on the split.
    private static func relative(_ step: FrameCursor.Step) -> FrameCursor.Step {
        switch step {
        case .pong: .pong(start: 0)
        case .close: .close(start: 0)
        default: step
        }
    }

    /// The fault of a whole stream.
    static func fault(
        _ bytes: [UInt8], from sender: FrameCursor.Sender = .client,
        allowsCompression: Bool = false,
        limits: FrameLimits = FrameLimits()
    ) -> FrameFault? {
        var harness = FrameHarness(sender, allowsCompression: allowsCompression)
        harness.limits = limits
        harness.feed(bytes)
        if case .fault(let fault)? = harness.steps.last { return fault }
        return nil
    }
}
