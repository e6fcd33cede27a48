/// Properties of the walk over frames that hold for any bytes. For the fuzzer and the tests.
package enum FrameFuzz {
    /// What a walk made of a stream.
    private struct Transcript: Equatable {
        /// Number of each step, and how many bytes had been taken then.
        var steps: [Int] = []
        var cursor: FrameCursor
        /// Bytes that were left because they are a part of something.
        var keptByteCount = 0
    }

    /// The property that does not hold for `bytes`, or `nil`. Its first byte says who sends the rest and what
    /// was agreed on; the others are frames.
    package static func violation(_ bytes: RawSpan) -> StaticString? {
        guard bytes.byteCount > 0 else { return nil }
        let options = bytes.octet(at: 0)
        let sender: FrameCursor.Sender = options & 1 == 0 ? .client : .upstream
        let frames = bytes.extracting(1..<bytes.byteCount)
        var limits = FrameLimits()
        if options & 4 != 0 {
            limits.frameBytesMax = 1_000
            limits.messageBytesMax = 1_500
            limits.messageCountMax = 20
        }
        let cursor = FrameCursor(sender, allowsCompression: options & 2 != 0)
        let whole = walk(frames, cursor, limits) { frames.byteCount - $0 }
        if whole.keptByteCount > FrameHead.byteCountMax + FrameHead.controlBytesMax {
            return "more is kept than a head and the payload of a control frame"
        }
        if walk(frames, cursor, limits, pieceByteCount: { _ in 1 }) != whole {
            return "frames that come byte by byte are read otherwise than at once"
        }
        var draw = UInt64(bytes.byteCount) &* 0x9E37_79B9_7F4A_7C15
        let pieces = walk(frames, cursor, limits) { offset in
            draw = (draw ^ UInt64(frames.octet(at: offset))) &* 0xD134_2543_DE82_EF95
            return 1 + Int(draw &>> 58)
        }
        if pieces != whole { return "frames in pieces are read otherwise than at once" }
        return followViolation(frames, cursor)
    }

    /// The same where nothing is judged.
    private static func followViolation(
        _ frames: RawSpan, _ cursor: FrameCursor
    ) -> StaticString? {
        let whole = ends(frames, cursor) { frames.byteCount - $0 }
        if ends(frames, cursor, pieceByteCount: { _ in 1 }) != whole {
            return "frames are followed byte by byte otherwise than at once"
        }
        return nil
    }

    private static func walk(
        _ frames: RawSpan, _ cursor: FrameCursor, _ limits: FrameLimits,
        pieceByteCount: (_ offset: Int) -> Int
    ) -> Transcript {
        var transcript = Transcript(cursor: cursor)
        var start = 0
        var end = 0
        while true {
            let piece = frames.extracting(start..<end)
            var offset = 0
            let step = transcript.cursor.next(
                in: piece, at: &offset, limits: limits, stopsAtBoundary: true)
            start += offset
            switch step {
            case .end, .partial:
                if end == frames.byteCount {
                    transcript.keptByteCount = end - start
                    return transcript
                }
                end = min(frames.byteCount, end + max(1, pieceByteCount(end)))
                continue
            case .boundary: transcript.steps += [-1, start]
            case .pong: transcript.steps += [-2, start]
            case .close:
                transcript.steps += [-3, start]
                return transcript
            case .fault(let fault):
                transcript.steps += [Int(fault.rawValue), start]
                return transcript
            }
        }
    }

    private static func ends(
        _ frames: RawSpan, _ cursor: FrameCursor, pieceByteCount: (_ offset: Int) -> Int
    ) -> [Int] {
        var cursor = cursor
        var ends: [Int] = []
        var start = 0
        while start < frames.byteCount {
            let end = min(frames.byteCount, start + max(1, pieceByteCount(start)))
            let piece = frames.extracting(start..<end)
            var offset = 0
            while offset < piece.byteCount, let next = cursor.follow(piece, from: offset) {
                offset = next
                ends.append(start + next)
            }
            start = end
        }
        return ends + [cursor.isAtBoundary ? 1 : 0, Int(truncatingIfNeeded: cursor.messageCount)]
    }
}
