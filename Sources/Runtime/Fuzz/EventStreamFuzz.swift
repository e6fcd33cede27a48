/// Properties of event streams that hold for any bytes whatever: the entry for a fuzzer and for
/// mutation tests.
package enum EventStreamFuzz {
    /// Bytes that are looked at: the naive reading takes quadratic time.
    private static let byteCountMax = 512

    /// The property that does not hold for `bytes`, or `nil`.
    ///
    /// The first byte says how the others are cut into pieces.
    package static func violation(_ bytes: RawSpan) -> StaticString? {
        guard bytes.byteCount > 1 else { return nil }
        let seed = bytes.octet(at: 0)
        let stream = bytes.extracting(1..<min(bytes.byteCount, byteCountMax))
        return cursorViolation(stream, seed: seed) ?? markViolation(stream, seed: seed)
    }

    /// Cut anywhere, the cursor knows at each cut what a reader of whole lines knows.
    private static func cursorViolation(_ stream: RawSpan, seed: UInt8) -> StaticString? {
        var cursor = EventCursor()
        var random = RandomBits(seed: UInt64(seed))
        var start = 0
        while start < stream.byteCount {
            let end = min(stream.byteCount, start + pieceByteCount(seed, &random))
            let boundary = cursor.advance(over: stream.extracting(start..<end))
            let found = read(stream.extracting(0..<end))
            guard cursor.eventCount == found.eventCount else {
                return "events are counted otherwise in pieces than in lines"
            }
            guard cursor.isBetweenEvents == found.isBetweenEvents else {
                return "the end of an event is seen otherwise in pieces than in lines"
            }
            let expected = (start + 1..<end + 1).last {
                isBoundary(stream, at: $0)
            }
            guard boundary.map({ start + $0 }) == expected else {
                return "the last place between two events is another one"
            }
            start = end
        }
        return nil
    }

    /// Whether a whole line ends at `offset` and no event is open there.
    private static func isBoundary(_ stream: RawSpan, at offset: Int) -> Bool {
        let byte = stream.octet(at: offset - 1)
        guard byte == OctetClass.lineFeed || byte == OctetClass.carriageReturn else { return false }
        return read(stream.extracting(0..<offset)).isBetweenEvents
    }

    /// Behind lines of ours, all of the stream passes but a byte order mark at its start.
    private static func markViolation(_ stream: RawSpan, seed: UInt8) -> StaticString? {
        var state = EventStreamState(heartbeatMilliseconds: 1, isCoded: false, now: 0)
        state.noteInjected()
        var random = RandomBits(seed: UInt64(seed))
        var passed: [UInt8] = []
        var start = 0
        while start < stream.byteCount {
            let end = min(stream.byteCount, start + pieceByteCount(seed, &random))
            let piece = stream.extracting(start..<end)
            let passage = state.take(piece)
            if passage.endOffset != nil { return "a stream ends that was not to" }
            passed += [0xEF, 0xBB].prefix(passage.owedMarkByteCount)
            for offset in passage.droppedByteCount..<piece.byteCount {
                passed.append(piece.octet(at: offset))
            }
            start = end
        }
        let skipped = markByteCount(stream)
        let isWhole = skipped == 0 || skipped == 3
        guard !isWhole || passed.count == stream.byteCount - skipped else {
            return "bytes of a stream are lost or doubled"
        }
        for (index, byte) in passed.enumerated() where byte != stream.octet(at: index + skipped) {
            return "bytes of a stream are changed"
        }
        return nil
    }

    /// How much of a mark the stream begins with, if that is all of it or the stream ends in it.
    private static func markByteCount(_ stream: RawSpan) -> Int {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        var count = 0
        while count < min(3, stream.byteCount), stream.octet(at: count) == mark[count] {
            count += 1
        }
        return count == 3 || count == stream.byteCount ? count : 0
    }

    private static func pieceByteCount(_ seed: UInt8, _ random: inout RandomBits) -> Int {
        seed < 4 ? Int(seed) + 1 : 1 + Int(random.next(below: UInt64(seed)))
    }

    /// Reads line by line, as the standard puts it.
    private static func read(
        _ stream: RawSpan
    ) -> (eventCount: UInt64, isBetweenEvents: Bool) {
        var eventCount: UInt64 = 0
        var hasFields = false
        var hasData = false
        var start = markByteCount(stream)
        if start == 1 || start == 2 { return (0, false) }
        while start < stream.byteCount {
            var end = start
            while end < stream.byteCount, !isLineEnd(stream.octet(at: end)) { end += 1 }
            guard end < stream.byteCount else { return (eventCount, false) }
            let line = stream.extracting(start..<end)
            if line.isEmpty {
                if hasData { eventCount += 1 }
                hasFields = false
                hasData = false
            } else if line.octet(at: 0) != 0x3A {
                hasFields = true
                if isData(line) { hasData = true }
            }
            let isReturn = stream.octet(at: end) == OctetClass.carriageReturn
            start = end + 1
            if isReturn, start < stream.byteCount,
                stream.octet(at: start) == OctetClass.lineFeed
            {
                start += 1
            }
        }
        return (eventCount, !hasFields)
    }

    private static func isLineEnd(_ byte: UInt8) -> Bool {
        byte == OctetClass.lineFeed || byte == OctetClass.carriageReturn
    }

    private static func isData(_ line: RawSpan) -> Bool {
        let name: [UInt8] = [0x64, 0x61, 0x74, 0x61]
        guard line.byteCount >= 4 else { return false }
        for (index, byte) in name.enumerated() where line.octet(at: index) != byte { return false }
        return line.byteCount == 4 || line.octet(at: 4) == 0x3A
    }
}
