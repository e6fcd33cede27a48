import Runtime
import TestSupport
import Testing

@Suite("Frames of WebSockets")
struct FrameCursorTests {
    private static let text = FrameSample.frame(0x81, Array("hello".utf8))

    @Test(
        "Frames of all sizes end where they end",
        arguments: [0, 1, 125, 126, 127, 65_535, 65_536, 200_000])
    func sizes(byteCount: Int) {
        for isMasked in [true, false] {
            let frame = FrameSample.frame(
                0x82, [UInt8](repeating: 7, count: byteCount), isMasked: isMasked)
            var harness = FrameHarness(isMasked ? .client : .upstream)
            harness.feed(frame + frame)
            #expect(harness.steps == [.boundary, .boundary])
            #expect(harness.offsets == [frame.count, 2 * frame.count])
            #expect(harness.cursor.messageCount == 2)
            #expect(harness.cursor.isAtBoundary)
        }
    }

    /// Goal: what is read does not depend on how the bytes come.
    /// Method: streams with something of everything, cut at every place, byte by byte, and drawn pieces.
    @Test("Any split gives the same as the whole")
    func splits() {
        let pong = FrameSample.frame(0x8A, [UInt8](repeating: 1, count: 12))
        let streams: [[UInt8]] = [
            Self.text + pong + FrameSample.frame(0x02, [1, 2, 3]) + FrameSample.frame(0x89, [9])
                + FrameSample.frame(0x80, [UInt8](repeating: 4, count: 300))
                + FrameSample.close(1000, "bye"),
            Self.text + FrameSample.frame(0x83, [1]) + Self.text,
            FrameSample.frame(0x01, []) + FrameSample.frame(0x80, []) + FrameSample.close(1005),
            pong + pong + [0x81, 0x05],
        ]
        for stream in streams {
            var whole = FrameHarness()
            whole.feed(stream)
            for cut in 0...stream.count {
                var split = FrameHarness()
                split.feed(Array(stream[..<cut]))
                split.feed(Array(stream[cut...]))
                #expect(split.steps == whole.steps)
                #expect(split.offsets == whole.offsets)
                #expect(split.cursor == whole.cursor)
            }
            var single = FrameHarness()
            for byte in stream { single.feed([byte]) }
            #expect(single.steps == whole.steps)
            #expect(single.cursor == whole.cursor)
        }
    }

    @Test("Whether boundaries are asked for changes nothing else")
    func withoutBoundaries() {
        let stream = Self.text + Self.text + FrameSample.close(1001)
        var harness = FrameHarness()
        harness.feed(stream, stopsAtBoundary: false)
        #expect(harness.steps == [.close(start: 0)])
        #expect(harness.offsets == [stream.count])
        #expect(harness.cursor.messageCount == 2)
        #expect(harness.cursor.closeCode == 1001)
    }

    @Test(
        "What RFC 6455 forbids is a fault",
        arguments: [
            (FrameSample.frame(0x91, [1]), FrameFault.reservedBits),
            (FrameSample.frame(0xA1, [1]), .reservedBits),
            (FrameSample.frame(0xC1, [1]), .reservedBits),
            (FrameSample.frame(0x83, [1]), .unknownOpcode),
            (FrameSample.frame(0x87, []), .unknownOpcode),
            (FrameSample.frame(0x8B, []), .unknownOpcode),
            (FrameSample.frame(0x8F, []), .unknownOpcode),
            (FrameSample.frame(0x81, [1], isMasked: false), .notMasked),
            (FrameSample.frame(0x09, [1]), .fragmentedControl),
            (FrameSample.frame(0x08, []), .fragmentedControl),
            (FrameSample.frame(0x89, [UInt8](repeating: 0, count: 126)), .longControl),
            (FrameSample.frame(0x88, [UInt8](repeating: 0, count: 126)), .longControl),
            (FrameSample.frame(0x80, [1]), .unexpectedContinuation),
            (FrameSample.frame(0x01, [1]) + FrameSample.frame(0x81, [1]), .interruptedMessage),
            ([0x82, 0xFE, 0x00, 0x7D, 0, 0, 0, 0], .overlongLength),
            ([0x82, 0xFF, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0, 0, 0], .overlongLength),
            ([0x82, 0xFF, 0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], .impossibleLength),
            (FrameSample.frame(0x88, [3]), .shortClose),
            (FrameSample.close(1000, "") + [], nil),
            (FrameSample.frame(0x88, []), nil),
            (FrameSample.frame(0x88, [0x03, 0xE8, 0xFF]), .invalidCloseReason),
            (FrameSample.frame(0x88, [0x03, 0xE8, 0xED, 0xA0, 0x80]), .invalidCloseReason),
        ] as [([UInt8], FrameFault?)])
    func faults(bytes: [UInt8], fault: FrameFault?) {
        #expect(FrameHarness.fault(bytes) == fault)
    }

    @Test("A server that masks is at fault")
    func maskedByServer() {
        #expect(FrameHarness.fault(FrameSample.frame(0x81, [1]), from: .upstream) == .masked)
    }

    @Test("Each code is valid on the wire or not, as the registry has it")
    func closeCodes() {
        for code in UInt16(0)...5000 {
            let isValid: Bool =
                switch code {
                case 1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014: true
                default: code >= 3000 && code <= 4999
                }
            let fault = FrameHarness.fault(FrameSample.close(code))
            #expect((fault == nil) == isValid, "\(code)")
        }
    }

    @Test("Compression is allowed where it was agreed on, on the first frame of a message")
    func compression() {
        func fault(_ bytes: [UInt8]) -> FrameFault? {
            FrameHarness.fault(bytes, allowsCompression: true)
        }
        #expect(fault(FrameSample.frame(0xC1, [1])) == nil)
        #expect(fault(FrameSample.frame(0x42, [1]) + FrameSample.frame(0x80, [1])) == nil)
        #expect(
            fault(FrameSample.frame(0x42, [1]) + FrameSample.frame(0xC0, [1])) == .reservedBits)
        #expect(fault(FrameSample.frame(0xC9, [1])) == .reservedBits)
        #expect(fault(FrameSample.frame(0xE1, [1])) == .reservedBits)
    }

    @Test("Limits count the payload of a frame and of all frames of a message")
    func limits() {
        var limits = FrameLimits()
        limits.frameBytesMax = 10
        limits.messageBytesMax = 15
        let ten = [UInt8](repeating: 0, count: 10)
        func fault(_ bytes: [UInt8]) -> FrameFault? { FrameHarness.fault(bytes, limits: limits) }
        #expect(fault(FrameSample.frame(0x82, ten)) == nil)
        #expect(fault(FrameSample.frame(0x82, ten + [1])) == .frameTooBig)
        #expect(fault(FrameSample.frame(0x02, ten) + FrameSample.frame(0x80, [1, 2, 3])) == nil)
        #expect(
            fault(FrameSample.frame(0x02, ten) + FrameSample.frame(0x80, ten)) == .messageTooBig)
        #expect(
            fault(
                FrameSample.frame(0x02, ten) + FrameSample.frame(0x89, ten + ten)
                    + FrameSample.frame(0x80, [1])) == nil)
        limits.messageCountMax = 2
        #expect(fault(Self.text + Self.text) == nil)
        #expect(fault(Self.text + Self.text + Self.text) == .tooManyMessages)
    }

    @Test("A frame that is too big is refused before any of it passes")
    func refusedAtHead() {
        var harness = FrameHarness()
        harness.limits.frameBytesMax = 100
        harness.feed(Self.text)
        harness.feed(Array(FrameSample.frame(0x82, [UInt8](repeating: 0, count: 70_000))[..<20]))
        #expect(harness.steps == [.boundary, .fault(.frameTooBig)])
        #expect(harness.offsets.last == Self.text.count)
    }

    /// Goal: where nothing is judged, boundaries are found whatever the split.
    /// Method: the ends that a walk over the whole finds are those of each split.
    @Test("Following by lengths finds the same ends for any split")
    func following() {
        let stream =
            Self.text + FrameSample.frame(0xFF, [UInt8](repeating: 1, count: 126), isMasked: false)
            + FrameSample.frame(0x82, [UInt8](repeating: 2, count: 65_536))
            + FrameSample.close(1000) + Self.text
        let ends = Self.ends(of: [stream])
        #expect(ends.count == 5)
        var random = SeededGenerator(seed: 5)
        for _ in 0..<50 {
            var pieces: [[UInt8]] = []
            var start = 0
            while start < stream.count {
                let most = Bool.random(using: &random) ? 20 : 40_000
                let end = min(stream.count, start + Int.random(in: 1...most, using: &random))
                pieces.append(Array(stream[start..<end]))
                start = end
            }
            #expect(Self.ends(of: pieces) == ends)
        }
        #expect(Self.ends(of: stream[..<40].map { [$0] }) == ends.filter { $0 <= 40 })
    }

    /// Goal: whoever ends within a frame was cut off; whoever has announced a length that can't be has not.
    @Test(
        "It is known whether a frame that has begun is still to end",
        arguments: [
            ([], false), ([0x82], true), ([0x82, 0x02], true), ([0x82, 0x02, 1], true),
            ([0x82, 0x02, 1, 2], false), ([0x82, 0x02, 1, 2, 0x82], true),
            ([0x82, 127, 0x80, 0, 0, 0, 0, 0, 0, 0, 1, 2], false),
            ([0x82, 127, 0, 0, 0, 0, 0, 1, 0, 0, 1, 2], true),
        ] as [([UInt8], Bool)])
    func withinFrame(bytes: [UInt8], isWithin: Bool) {
        var cursor = FrameCursor(.upstream, allowsCompression: false)
        var offset = 0
        let span = bytes.span
        // SAFETY: the view is of bytes, which have no padding, and is used while the array lives.
        while let end = unsafe cursor.follow(span.bytes, from: offset), end < bytes.count {
            offset = end
        }
        #expect(cursor.isWithinFrame == isWithin)
    }

    private static func ends(of pieces: [[UInt8]]) -> [Int] {
        var cursor = FrameCursor(.client, allowsCompression: false)
        var ends: [Int] = []
        var before = 0
        for piece in pieces {
            var offset = 0
            let span = piece.span
            while offset < piece.count {
                // SAFETY: the view is of bytes, which have no padding, and is used while the array lives.
                guard let end = unsafe cursor.follow(span.bytes, from: offset) else { break }
                offset = end
                ends.append(before + end)
            }
            before += piece.count
        }
        return ends
    }
}
