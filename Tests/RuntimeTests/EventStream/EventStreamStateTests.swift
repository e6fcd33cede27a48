import Runtime
import Testing

@Suite("Streams of events")
struct EventStreamStateTests {
    private static let never = UInt64.max

    private static func state(
        heartbeat: UInt32 = 0, isCoded: Bool = false
    ) -> EventStreamState {
        EventStreamState(heartbeatMilliseconds: heartbeat, isCoded: isCoded, now: 1_000)
    }

    private static func take(
        _ text: String, _ state: inout EventStreamState
    ) -> EventStreamState.Passage {
        take(Array(text.utf8), &state)
    }

    private static func take(
        _ bytes: [UInt8], _ state: inout EventStreamState
    ) -> EventStreamState.Passage {
        let span = bytes.span
        // SAFETY: the bytes are plain data and live until the call returns.
        return unsafe state.take(span.bytes)
    }

    @Test("A heartbeat comes when the client was sent nothing for the interval")
    func heartbeat() {
        var state = Self.state(heartbeat: 500)
        #expect(state.deadline(endDue: Self.never, idleSince: 1_200) == 1_700)
        #expect(state.timeAction(endDue: Self.never, idleSince: 1_200, now: 1_699) == .none)
        #expect(state.timeAction(endDue: Self.never, idleSince: 1_200, now: 1_700) == .heartbeat)
        #expect(state.deadline(endDue: Self.never, idleSince: 1_700) == 2_200)
    }

    @Test("No heartbeat goes into an event, and the next chance is an interval later")
    func noHeartbeatInEvent() {
        var state = Self.state(heartbeat: 500)
        _ = Self.take("data: begun", &state)
        #expect(state.timeAction(endDue: Self.never, idleSince: 1_000, now: 1_500) == .none)
        #expect(state.deadline(endDue: Self.never, idleSince: 1_000) == 2_000)
        _ = Self.take(" and ended\n\n", &state)
        #expect(state.timeAction(endDue: Self.never, idleSince: 1_000, now: 2_000) == .heartbeat)
    }

    @Test("Without an interval and an end nothing is ever due")
    func nothingDue() {
        #expect(Self.state().deadline(endDue: Self.never, idleSince: 0) == nil)
    }

    @Test("A stream ends at once between two events")
    func endBetween() {
        var state = Self.state()
        _ = Self.take("data: 1\n\n", &state)
        #expect(state.timeAction(endDue: 2_000, idleSince: 1_000, now: 1_999) == .none)
        #expect(
            state.timeAction(endDue: 2_000, idleSince: 1_000, now: 2_000)
                == .end(isBetweenEvents: true))
    }

    @Test("An event that has begun is ended first, and what is behind it is not passed on")
    func endBehindEvent() {
        var state = Self.state(heartbeat: 100)
        _ = Self.take("data: 1\n", &state)
        #expect(state.timeAction(endDue: 2_000, idleSince: 1_000, now: 2_000) == .none)
        #expect(state.deadline(endDue: 2_000, idleSince: 1_000) == 7_000)
        #expect(Self.take("data: 2", &state).endOffset == nil)
        #expect(Self.take("\n\ndata: 3\n\ndata: 4\n", &state).endOffset == 11)
    }

    @Test("An event that does not end has its time")
    func grace() {
        var state = Self.state()
        _ = Self.take("data: 1\n", &state)
        #expect(state.timeAction(endDue: 2_000, idleSince: 1_000, now: 2_000) == .none)
        #expect(state.timeAction(endDue: 2_000, idleSince: 1_000, now: 6_999) == .none)
        #expect(
            state.timeAction(endDue: 2_000, idleSince: 1_000, now: 7_000)
                == .end(isBetweenEvents: false))
    }

    @Test("The time of an event that does not end begins when it is waited for")
    func graceOfSlowClient() {
        var state = Self.state()
        _ = Self.take("data: 1\n", &state)
        // The client took nothing until long after the end was due.
        #expect(state.timeAction(endDue: 2_000, idleSince: 1_000, now: 20_000) == .none)
        #expect(state.deadline(endDue: 2_000, idleSince: 1_000) == 25_000)
        #expect(state.timeAction(endDue: 2_000, idleSince: 1_000, now: 24_999) == .none)
        #expect(
            state.timeAction(endDue: 2_000, idleSince: 1_000, now: 25_000)
                == .end(isBetweenEvents: false))
    }

    @Test("Compressed content is not looked at: nothing is put in, and it ends when it is due")
    func coded() {
        var state = Self.state(heartbeat: 100, isCoded: true)
        #expect(Self.take("data: 1\n\n", &state) == .init())
        #expect(!state.mayInject)
        #expect(state.eventCount == 0)
        #expect(state.deadline(endDue: Self.never, idleSince: 0) == nil)
        #expect(
            state.timeAction(endDue: 2_000, idleSince: 0, now: 2_000)
                == .end(isBetweenEvents: false))
    }

    @Test("A byte order mark behind lines of ours is not passed on", arguments: 1...5)
    func mark(size: Int) {
        let stream: [UInt8] = [0xEF, 0xBB, 0xBF] + Array("data: 1\n\n".utf8)
        var state = Self.state()
        state.noteInjected()
        #expect(Self.passed(stream, size, &state) == Array("data: 1\n\n".utf8))
        #expect(state.eventCount == 1)
    }

    @Test("What looked like a mark and is none is passed on whole", arguments: 1...5)
    func noMark(size: Int) {
        let stream: [UInt8] = [0xEF, 0xBB] + Array("data: 1\n\n".utf8)
        var state = Self.state()
        state.noteInjected()
        #expect(Self.passed(stream, size, &state) == stream)
    }

    @Test("A mark at the start of a stream that nothing was put into is passed on")
    func ownMark() {
        let stream: [UInt8] = [0xEF, 0xBB, 0xBF] + Array("data: 1\n\n".utf8)
        var state = Self.state()
        #expect(Self.passed(stream, 2, &state) == stream)
    }

    private static func passed(
        _ stream: [UInt8], _ size: Int, _ state: inout EventStreamState
    ) -> [UInt8] {
        var passed: [UInt8] = []
        for start in stride(from: 0, to: stream.count, by: size) {
            let piece = Array(stream[start..<min(start + size, stream.count)])
            let passage = take(piece, &state)
            passed += [0xEF, 0xBB].prefix(passage.owedMarkByteCount)
            passed += piece.dropFirst(passage.droppedByteCount)
        }
        return passed
    }
}
