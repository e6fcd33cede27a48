import Runtime
import Testing

@Suite("Sessions of WebSockets")
struct WebSocketSessionTests {
    private static let text = FrameSample.frame(0x81, Array("hello".utf8))
    private static let answer = FrameSample.frame(0x81, Array("world".utf8), isMasked: false)

    private static func session(
        pingInterval: UInt32 = 0, pongTimeout: UInt32 = 0, isFramed: Bool = true,
        _ change: (inout TunnelPolicy) -> Void = { _ in }
    ) -> WebSocketSession {
        var policy = TunnelPolicy()
        policy.isFramed = isFramed
        policy.pingIntervalMilliseconds = pingInterval
        policy.pongTimeoutMilliseconds = pongTimeout
        change(&policy)
        return WebSocketSession(
            policy, allowsCompression: false, mark: 0x0102_0304_0506_0708,
            pingDelay: UInt64(pingInterval), now: 1_000)
    }

    private static func take(
        _ session: inout WebSocketSession, _ bytes: [UInt8], from side: WebSocketSession.Side,
        at start: Int = 0, now: UInt64 = 1_000, microseconds: UInt64 = 1_000_000,
        sizes: MessageSizes? = nil
    ) -> WebSocketSession.Action {
        var offset = start
        let span = bytes.span
        // SAFETY: the view is of bytes, which have no padding, and is used while the array lives.
        return unsafe session.take(
            span.bytes, at: &offset, from: side, now: now, nowMicroseconds: microseconds,
            sizes: sizes)
    }

    // What changes a value can't stand in an expectation.

    private static func due(
        _ session: inout WebSocketSession, now: UInt64
    ) -> WebSocketSession.Due { session.due(now: now) }

    private static func wantsPing(
        _ session: inout WebSocketSession, _ side: WebSocketSession.Side
    ) -> Bool { session.wantsPing(side) }

    private static func close(
        _ session: inout WebSocketSession, client: CloseCode?, upstream: CloseCode?, now: UInt64
    ) -> Bool { session.close(client: client, upstream: upstream, now: now) }

    private static func stopWaiting(_ session: inout WebSocketSession, now: UInt64) -> Bool {
        session.stopWaitingForMessages(now: now)
    }

    private static func fail(
        _ session: inout WebSocketSession, _ fault: FrameFault, by side: WebSocketSession.Side,
        now: UInt64
    ) -> Bool { session.fail(fault, by: side, now: now) }

    /// What answers a ping of a session.
    private static func pong(_ sequence: UInt8, isMasked: Bool = true) -> [UInt8] {
        let mark: [UInt8] = [1, 2, 3, 4, 5, 6, 7, 8]
        // Only clients mask.
        return FrameSample.frame(
            0x8A, (isMasked ? mark : mark.map { ~$0 }) + [0, 0, 0, sequence], isMasked: isMasked)
    }

    @Test("Sizes of messages are those of all of their fragments, when the last one has begun")
    func messageSizes() throws {
        let registry = MetricsRegistry(workerCount: 1)
        let name = Array("chat".utf8)
        // SAFETY: bytes are plain data; the array outlives the span.
        let route = unsafe registry.slot(ofRoute: name.span.bytes)
        registry.workers[0].countRequest(of: route, .get, status: 101)
        let sizes = registry.workers[0].messageSizes(.messageSizeFromClient, of: route)
        var session = Self.session()
        let ping = FrameSample.frame(0x89, Array("ping".utf8))
        let start = FrameSample.frame(0x01, [UInt8](repeating: 65, count: 60))
        let end = FrameSample.frame(0x80, [UInt8](repeating: 65, count: 10))
        let bytes = start + ping + end + Self.text + FrameSample.frame(0x82, [])
        #expect(Self.take(&session, bytes, from: .client, sizes: sizes) == .pass)
        // One that has begun has no size yet; those of an opaque connection are not read at all.
        #expect(Self.take(&session, start, from: .client, sizes: sizes) == .pass)
        var opaque = Self.session(isFramed: false)
        #expect(Self.take(&opaque, Self.text, from: .client, sizes: sizes) == .pass)
        let page = MetricsPage.bytes(registry, MetricsPage.Facts(), startMilliseconds: 0)
        let lines = String(decoding: page, as: UTF8.self).split(separator: "\n")
            .filter { $0.hasPrefix("wsproxy_websocket_message_size_bytes_") }
        let labels = #"{route="chat",from="client""#
        #expect(lines[0] == #"wsproxy_websocket_message_size_bytes_bucket\#(labels),le="64"} 2"#)
        #expect(lines[1] == #"wsproxy_websocket_message_size_bytes_bucket\#(labels),le="256"} 3"#)
        #expect(lines.contains("wsproxy_websocket_message_size_bytes_sum\(labels)} 75"))
        #expect(lines.contains("wsproxy_websocket_message_size_bytes_count\(labels)} 3"))
        #expect(!lines.contains { $0.contains("upstream") })
    }

    @Test("Frames pass, and what is a part of a head is kept")
    func passing() {
        var session = Self.session()
        #expect(Self.take(&session, Self.text + Self.text, from: .client) == .pass)
        #expect(Self.take(&session, Self.answer + [0x81], from: .upstream) == .keep(from: 7))
        #expect(session.client.messageCount == 2)
        #expect(session.upstream.messageCount == 1)
    }

    @Test("A pong of ours is swallowed and tells the round trip; another one passes")
    func pongs() {
        var session = Self.session(pingInterval: 30_000, pongTimeout: 10_000)
        #expect(session.deadline(now: 1_000) == 31_000)
        #expect(Self.due(&session, now: 31_000) == .ping)
        #expect(Self.wantsPing(&session, .client))
        #expect(session.owes(.client) == .ping)
        let ping = session.beginPing(.client, now: 31_000, nowMicroseconds: 31_000_000)
        #expect(ping.sequence == 1)
        #expect(session.deadline(now: 31_000) == 41_000)
        let stranger = FrameSample.frame(0x8A, [UInt8](repeating: 1, count: 12))
        #expect(Self.take(&session, stranger, from: .client) == .pass)
        let bytes = Self.text + Self.pong(1) + Self.text
        let action = Self.take(
            &session, bytes, from: .client, now: 31_001, microseconds: 31_000_250)
        #expect(action == .skip(11..<29))
        #expect(session.client.roundTripMicroseconds == 250)
        #expect(session.deadline(now: 31_001) == 61_000)
        #expect(Self.take(&session, Self.pong(1), from: .client) == .skip(0..<18))
    }

    @Test("A side that does not answer a ping in time is told apart from one that does")
    func noPong() {
        var session = Self.session(pingInterval: 30_000, pongTimeout: 10_000)
        #expect(Self.due(&session, now: 31_000) == .ping)
        for side in [WebSocketSession.Side.client, .upstream] {
            #expect(Self.wantsPing(&session, side))
            _ = session.beginPing(side, now: 31_000, nowMicroseconds: 31_000_000)
        }
        _ = Self.take(&session, Self.pong(1), from: .client)
        #expect(Self.due(&session, now: 40_999) == .nothing)
        #expect(Self.due(&session, now: 41_000) == .noPong(.upstream))
        session.excusePong(of: .upstream, now: 41_000)
        #expect(Self.due(&session, now: 41_000) == .nothing)
        #expect(Self.due(&session, now: 51_000) == .noPong(.upstream))
    }

    /// Goal: a client that pings with what it was pinged with gets its backend's pong, and that is no sign of life
    /// for us.
    @Test("A pong with the mark of the other side's pings passes")
    func markOfOtherSide() {
        var session = Self.session(pingInterval: 30_000, pongTimeout: 10_000)
        let sides: [WebSocketSession.Side] = [.client, .upstream]
        #expect(Self.due(&session, now: 31_000) == .ping)
        for side in sides {
            #expect(Self.wantsPing(&session, side))
            _ = session.beginPing(side, now: 31_000, nowMicroseconds: 31_000_000)
        }
        let echo = FrameSample.frame(
            0x8A, [1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 2], isMasked: false)
        #expect(Self.take(&session, echo, from: .upstream) == .pass)
        #expect(Self.take(&session, Self.pong(1), from: .client) == .skip(0..<18))
        #expect(Self.due(&session, now: 41_000) == .noPong(.upstream))
    }

    @Test("Who still owes a pong is not pinged again")
    func oneOpenPing() {
        var session = Self.session(pingInterval: 1_000)
        #expect(Self.due(&session, now: 2_000) == .ping)
        #expect(Self.wantsPing(&session, .client))
        _ = session.beginPing(.client, now: 2_000, nowMicroseconds: 2_000_000)
        #expect(Self.due(&session, now: 3_000) == .ping)
        #expect(!Self.wantsPing(&session, .client))
    }

    @Test("A Close of ours waits for the end of a frame, in both modes", arguments: [true, false])
    func closeAtBoundary(isFramed: Bool) {
        var session = Self.session(isFramed: isFramed)
        let frame = FrameSample.frame(0x82, [UInt8](repeating: 1, count: 100), isMasked: false)
        #expect(Self.take(&session, Array(frame[..<50]), from: .upstream) == .pass)
        #expect(!session.isAtBoundary(to: .client))
        #expect(session.isAtBoundary(to: .upstream))
        #expect(Self.close(&session, client: .goingAway, upstream: .goingAway, now: 2_000))
        #expect(!Self.close(&session, client: .normal, upstream: .normal, now: 2_000))
        let rest = Array(frame[50...]) + Self.answer
        #expect(Self.take(&session, rest, from: .upstream) == .insert(at: 52))
        #expect(session.owes(.client) == .close(.goingAway))
        session.saidClose(to: .client, now: 2_000)
        #expect(session.drops(from: .upstream))
        #expect(!session.drops(from: .client))
        #expect(Self.take(&session, rest, from: .upstream, at: 52) == .pass)
    }

    @Test("It is over when both have answered our Close")
    func echoes() {
        var session = Self.session()
        #expect(
            Self.close(&session, client: .serviceRestart, upstream: .serviceRestart, now: 2_000))
        session.saidClose(to: .client, now: 2_000)
        session.saidClose(to: .upstream, now: 2_000)
        let echo = FrameSample.close(1012)
        #expect(Self.take(&session, Self.text + echo, from: .client) == .closed(at: 19))
        #expect(!session.isOver)
        let other = FrameSample.close(1012, isMasked: false)
        #expect(Self.take(&session, other, from: .upstream) == .closed(at: 4))
        #expect(session.isOver)
    }

    /// The first, a middle and the last fragment of a message of the backend's.
    private static let fragments = [(0x01, "one"), (0x00, "two"), (0x80, "end")].map {
        FrameSample.frame(UInt8($0.0), Array($0.1.utf8), isMasked: false)
    }

    @Test("A Close that can wait goes out behind the last fragment", arguments: [true, false])
    func closeBehindMessage(isFramed: Bool) {
        var session = Self.session(isFramed: isFramed)
        let (first, middle, last) = (Self.fragments[0], Self.fragments[1], Self.fragments[2])
        #expect(Self.take(&session, first, from: .upstream) == .pass)
        _ = session.close(
            client: .goingAway, upstream: .goingAway, waitingFor: .both, now: 2_000)
        #expect(!session.mayClose(.client) && session.mayClose(.upstream))
        session.saidClose(to: .upstream, now: 2_000)
        #expect(Self.take(&session, middle, from: .upstream) == .pass)
        let ping = FrameSample.frame(0x89, [], isMasked: false)
        #expect(
            Self.take(&session, ping + last + first, from: .upstream)
                == .insert(at: ping.count + last.count))
        #expect(session.mayClose(.client))
    }

    @Test("A message in fragments that has had its time ends at a frame", arguments: [true, false])
    func closeBetweenFragments(isFramed: Bool) {
        var session = Self.session(isFramed: isFramed)
        _ = Self.take(&session, Self.fragments[0], from: .upstream)
        _ = session.close(
            client: .goingAway, upstream: .goingAway, waitingFor: .both, now: 2_000)
        session.hurry(until: 3_000, now: 2_000)
        #expect(session.deadline(now: 2_000) == 3_000)
        #expect(Self.due(&session, now: 3_000) == .closeTimeUp)
        #expect(Self.stopWaiting(&session, now: 3_000))
        #expect(!Self.stopWaiting(&session, now: 3_000))
        #expect(session.deadline(now: 3_000) == 8_000)
        #expect(session.mayClose(.client))
        #expect(Self.take(&session, Self.fragments[1], from: .upstream) == .insert(at: 0))
    }

    /// Goal: the client's last message to read may be whole, but it can't send more for it.
    /// Method: both sides are in the middle of a message.
    @Test("Who may say no more may hear the end of a message, for five seconds")
    func closeWithoutRight() {
        var session = Self.session()
        _ = Self.take(&session, Self.fragments[0], from: .upstream)
        _ = Self.take(&session, FrameSample.frame(0x01, [1], isMasked: true), from: .client)
        _ = session.close(
            client: .policyViolation, upstream: .policyViolation, waitingFor: .upstream, now: 2_000)
        #expect(!session.mayClose(.client) && session.mayClose(.upstream))
        session.saidClose(to: .upstream, now: 2_000)
        #expect(session.drops(from: .client))
        #expect(Self.take(&session, Self.fragments[1], from: .upstream) == .pass)
        #expect(Self.due(&session, now: 7_000) == .closeTimeUp)
        let isProlonged = session.prolongClosing(now: 7_000)
        #expect(!isProlonged)
        #expect(Self.stopWaiting(&session, now: 7_000))
        #expect(session.mayClose(.client))
    }

    @Test("A message in fragments whose sender is gone is not waited for")
    func closeBehindLostMessage() {
        var session = Self.session()
        _ = Self.take(&session, Self.fragments[0], from: .upstream)
        _ = session.close(
            client: .goingAway, upstream: .goingAway, waitingFor: .both, now: 2_000)
        #expect(!session.mayClose(.client))
        session.lost(.upstream)
        #expect(session.mayClose(.client))
    }

    @Test("A Close for a fault waits for no message")
    func closeForFault() {
        var session = Self.session()
        _ = Self.take(&session, Self.fragments[0], from: .upstream)
        _ = Self.fail(&session, .reservedBits, by: .client, now: 2_000)
        #expect(session.mayClose(.client))
        session.hurry(until: 2_100, now: 2_000)
        #expect(session.deadline(now: 2_000) == 7_000)
    }

    @Test("Who has not answered in five seconds is not waited for")
    func noEcho() {
        var session = Self.session()
        _ = session.close(client: .goingAway, upstream: .goingAway, now: 2_000)
        session.saidClose(to: .client, now: 2_000)
        session.saidClose(to: .upstream, now: 2_000)
        #expect(session.deadline(now: 2_000) == 7_000)
        #expect(Self.due(&session, now: 6_999) == .nothing)
        #expect(Self.due(&session, now: 7_000) == .closeTimeUp)
    }

    @Test("The peers' own Close frames pass; in the opaque mode so does all behind them")
    func passedClose() {
        for isFramed in [true, false] {
            var session = Self.session(isFramed: isFramed)
            let bytes = FrameSample.close(1000) + Self.text
            #expect(Self.take(&session, bytes, from: .client) == .closed(at: 8))
            session.passedClose(from: .client, now: 1_000)
            #expect(session.drops(from: .client) == isFramed)
            #expect(!session.isClosing)
            let echo = FrameSample.close(1000, isMasked: false)
            #expect(Self.take(&session, echo, from: .upstream) == .closed(at: 4))
            session.passedClose(from: .upstream, now: 1_000)
            #expect(session.isOver)
            #expect(session.isClosing == isFramed)
        }
    }

    @Test("A violation is answered with 1002 on both sides, too much with 1009 and 1001")
    func faults() {
        var session = Self.session { $0.messageBytesMax = 10 }
        let bad = Self.text + FrameSample.frame(0x83, [1])
        #expect(Self.take(&session, bad, from: .client) == .fail(at: 11, .unknownOpcode))
        #expect(Self.fail(&session, .unknownOpcode, by: .client, now: 1_000))
        #expect(session.owes(.client) == .close(.protocolError))
        #expect(session.owes(.upstream) == .close(.protocolError))
        #expect(session.frameFault == .unknownOpcode)

        session = Self.session { $0.messageBytesMax = 10 }
        let big = FrameSample.frame(0x82, [UInt8](repeating: 0, count: 11), isMasked: false)
        #expect(Self.take(&session, big, from: .upstream) == .fail(at: 0, .messageTooBig))
        #expect(Self.fail(&session, .messageTooBig, by: .upstream, now: 1_000))
        #expect(session.owes(.upstream) == .close(.messageTooBig))
        #expect(session.owes(.client) == .close(.goingAway))
        session.saidClose(to: .client, now: 1_000)
        session.saidClose(to: .upstream, now: 1_000)
        // What is dropped may be as large as it is, and the answer behind it is found.
        let echo = big + FrameSample.close(1009, isMasked: false)
        #expect(Self.take(&session, echo, from: .upstream) == .closed(at: 17))
    }

    @Test("Messages of a client are counted, exactly up to the limit")
    func messageRate() {
        var session = Self.session { $0.messagesPerMinuteMax = 2 }
        #expect(Self.take(&session, Self.text + Self.text, from: .client) == .pass)
        #expect(
            Self.take(&session, Self.answer + Self.answer + Self.answer, from: .upstream) == .pass)
        #expect(
            Self.take(&session, Self.text, from: .client, now: 60_999)
                == .fail(at: 0, .tooManyMessages))
        session = Self.session { $0.messagesPerMinuteMax = 2 }
        #expect(Self.take(&session, Self.text + Self.text, from: .client) == .pass)
        #expect(Self.take(&session, Self.text + Self.text, from: .client, now: 121_000) == .pass)
        #expect(
            Self.take(&session, Self.text, from: .client, now: 121_001)
                == .fail(at: 0, .tooManyMessages))
    }

    @Test("A side that has said Close owes no pong any more")
    func closeEndsPing() {
        var session = Self.session(pingInterval: 30_000, pongTimeout: 10_000)
        #expect(Self.due(&session, now: 31_000) == .ping)
        #expect(Self.wantsPing(&session, .client))
        _ = session.beginPing(.client, now: 31_000, nowMicroseconds: 31_000_000)
        #expect(Self.take(&session, FrameSample.close(1000), from: .client) == .closed(at: 8))
        #expect(Self.due(&session, now: 41_000) == .nothing)
        #expect(!Self.wantsPing(&session, .client))
    }

    @Test("A ping that waits in the kernel behind other bytes has time as long as these move")
    func pingOnItsWay() {
        var session = Self.session(pingInterval: 30_000, pongTimeout: 10_000)
        #expect(Self.due(&session, now: 31_000) == .ping)
        #expect(Self.wantsPing(&session, .client))
        _ = session.beginPing(.client, now: 31_000, nowMicroseconds: 31_000_000)
        for (acknowledged, now) in [(7, 41_000), (8, 51_000), (8, 61_000)] as [(UInt32, UInt64)] {
            #expect(Self.due(&session, now: now) == .noPong(.client))
            let delivery = Delivery(waitingByteCount: 65, acknowledged: acknowledged)
            let isOnItsWay = session.isPingOnItsWay(to: .client, delivery, now: now)
            #expect(isOnItsWay == (now < 61_000))
            if isOnItsWay { #expect(session.deadline(now: now) == now + 10_000) }
        }
    }

    @Test("Where nothing but the ping waits, it is late")
    func pingAlone() {
        var session = Self.session(pingInterval: 30_000, pongTimeout: 10_000)
        #expect(Self.due(&session, now: 31_000) == .ping)
        #expect(Self.wantsPing(&session, .upstream))
        _ = session.beginPing(.upstream, now: 31_000, nowMicroseconds: 31_000_000)
        #expect(Self.due(&session, now: 41_000) == .noPong(.upstream))
        let delivery = Delivery(waitingByteCount: 18, acknowledged: 7)
        let isOnItsWay = session.isPingOnItsWay(to: .upstream, delivery, now: 41_000)
        #expect(!isOnItsWay)
    }

    @Test("Pings of many connections are due together, a little early and never late")
    func pingPace() {
        var deadlines: Set<UInt64> = []
        for start in 1_000..<1_200 as Range<UInt64> {
            var policy = TunnelPolicy()
            policy.pingIntervalMilliseconds = 30_000
            let session = WebSocketSession(
                policy, allowsCompression: false, mark: 1, pingDelay: 20_000, now: start)
            let deadline = session.deadline(now: start) ?? 0
            #expect(deadline > start + 19_750 && deadline <= start + 20_000)
            deadlines.insert(deadline)
        }
        #expect(deadlines == [21_000])
        let short = Self.session(pingInterval: 40)
        #expect(short.deadline(now: 1_000) == 1_040)
    }

    @Test("Times hold where the clock's last bits begin anew")
    func wrapping() {
        let start: UInt64 = (1 << 32) - 1
        var policy = TunnelPolicy()
        policy.isFramed = true
        policy.pingIntervalMilliseconds = 30_000
        policy.pongTimeoutMilliseconds = 10_000
        var session = WebSocketSession(
            policy, allowsCompression: false, mark: 1, pingDelay: 30_000, now: start)
        let first = session.deadline(now: start) ?? 0
        #expect(first > start + 29_750 && first <= start + 30_000)
        #expect(Self.due(&session, now: first - 1) == .nothing)
        #expect(Self.due(&session, now: start + 30_000) == .ping)
        #expect(Self.wantsPing(&session, .client))
        _ = session.beginPing(.client, now: start + 30_000, nowMicroseconds: 0)
        #expect(Self.due(&session, now: start + 40_000) == .noPong(.client))
    }

    @Test("A side that is lost is not waited for")
    func lost() {
        var session = Self.session()
        #expect(Self.close(&session, client: .badGateway, upstream: nil, now: 1_000))
        #expect(session.owes(.upstream) == nil)
        #expect(session.drops(from: .client))
        session.saidClose(to: .client, now: 1_000)
        #expect(Self.take(&session, FrameSample.close(1014), from: .client) == .closed(at: 8))
        #expect(session.isOver)
    }
}
