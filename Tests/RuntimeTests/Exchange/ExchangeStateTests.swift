import Runtime
import Testing

@Suite("Exchange")
struct ExchangeStateTests {
    private func exchange(
        hasContent: Bool = false, mayRepeat: Bool = true, clientPersists: Bool = true
    ) -> ExchangeState {
        ExchangeState(hasContent: hasContent, mayRepeat: mayRepeat, clientPersists: clientPersists)
    }

    private func answer(
        _ state: inout ExchangeState, interim: Bool = false, switches: Bool = false,
        holds: Bool = false, wantsTunnel: Bool = false
    ) -> ExchangeState.HeadAction {
        state.responseHead(
            isInterim: interim, switchesProtocols: switches, handshakeHolds: holds,
            wantsTunnel: wantsTunnel, upstreamPersists: true)
    }

    @Test("A plain request and its answer leave both connections for the next")
    func plain() {
        var state = exchange()
        state.connected(isReused: false)
        #expect(answer(&state) == .forward(clientPersists: true))
        #expect(
            state.responseContentEnded() == .init(clientPersists: true, upstreamPersists: true))
    }

    @Test("Content that is not passed on any more is still to come: no request follows it")
    func abandonedContent() {
        var state = exchange(hasContent: true, mayRepeat: false)
        #expect(!state.mayClientPersist)
        state.connected(isReused: false)
        state.abandonRequestContent()
        #expect(
            state.upstreamClosed(isEnd: false, endsContent: false, sawBytes: false)
                == .answer(.badGateway))
        #expect(!state.mayClientPersist)
        var whole = exchange(hasContent: true, mayRepeat: false)
        whole.requestContentEnded()
        whole.abandonRequestContent()
        #expect(whole.mayClientPersist)
        whole.clientMustClose()
        #expect(!whole.mayClientPersist)
    }

    @Test("Interim answers pass and the final one is still awaited")
    func interim() {
        var state = exchange(hasContent: true)
        state.connected(isReused: false)
        #expect(answer(&state, interim: true) == .forwardInterim)
        #expect(state.awaitsHead)
    }

    @Test("Interim answers without an end are none")
    func interimForEver() {
        var state = exchange()
        state.connected(isReused: false)
        for _ in 0..<ExchangeState.interimHeadCountMax {
            #expect(answer(&state, interim: true) == .forwardInterim)
        }
        #expect(answer(&state, interim: true) == .answer(.badGateway))
        #expect(state.upstreamTimedOut() == .ignore)
    }

    @Test("Without a descriptor of ours to dial with it is not the upstream's fault")
    func exhausted() {
        var state = exchange()
        #expect(
            state.connectFailed(timedOut: false, isOurs: true) == .answer(.serviceUnavailable))
        #expect(state.connectFailed(timedOut: false) == .ignore)
    }

    @Test("A pooled connection that dies before any byte of an answer is replaced once")
    func retry() {
        var state = exchange()
        state.connected(isReused: true)
        #expect(state.upstreamClosed(isEnd: true, endsContent: false, sawBytes: false) == .retry)
        #expect(state.isConnecting)
        state.connected(isReused: false)
        #expect(
            state.upstreamClosed(isEnd: true, endsContent: false, sawBytes: false)
                == .answer(.badGateway))
    }

    @Test("What may not be repeated is not: content, other methods, an answer that began")
    func noRetry() {
        var withContent = exchange(hasContent: true)
        withContent.connected(isReused: true)
        #expect(
            withContent.upstreamClosed(isEnd: true, endsContent: false, sawBytes: false)
                == .answer(.badGateway))
        var post = exchange(mayRepeat: false)
        post.connected(isReused: true)
        #expect(
            post.upstreamClosed(isEnd: false, endsContent: false, sawBytes: false)
                == .answer(.badGateway))
        var begun = exchange()
        begun.connected(isReused: true)
        #expect(
            begun.upstreamClosed(isEnd: true, endsContent: false, sawBytes: true)
                == .answer(.badGateway))
    }

    @Test("Only content without a length ends with the connection; all other is cut")
    func closes() {
        var untilClose = exchange()
        untilClose.connected(isReused: false)
        _ = answer(&untilClose)
        #expect(
            untilClose.upstreamClosed(isEnd: true, endsContent: true, sawBytes: true)
                == .finish(.init(clientPersists: true, upstreamPersists: false)))
        var withLength = exchange()
        withLength.connected(isReused: false)
        _ = answer(&withLength)
        #expect(withLength.upstreamClosed(isEnd: true, endsContent: false, sawBytes: true) == .cut)
        var broken = exchange()
        broken.connected(isReused: false)
        _ = answer(&broken)
        #expect(broken.upstreamClosed(isEnd: false, endsContent: true, sawBytes: true) == .cut)
    }

    @Test("A 101 opens a tunnel only for a handshake that it accepts")
    func upgrades() {
        var accepted = exchange()
        accepted.connected(isReused: false)
        #expect(answer(&accepted, switches: true, holds: true, wantsTunnel: true) == .openTunnel)
        #expect(accepted.isTunnel)
        var refused = exchange()
        refused.connected(isReused: false)
        #expect(
            answer(&refused, switches: true, holds: false, wantsTunnel: true)
                == .answer(.badGateway))
        #expect(!refused.isTunnel)
    }

    @Test("An upgrade that is answered otherwise leaves a client that is not read again")
    func refusedUpgrade() {
        var state = exchange()
        state.connected(isReused: false)
        #expect(answer(&state, wantsTunnel: true) == .forward(clientPersists: false))
        #expect(
            state.responseContentEnded() == .init(clientPersists: false, upstreamPersists: true))
    }

    @Test("An answer that ends before the request's content closes both")
    func earlyAnswer() {
        var state = exchange(hasContent: true)
        state.connected(isReused: false)
        #expect(answer(&state) == .forward(clientPersists: false))
        #expect(
            state.responseContentEnded() == .init(clientPersists: false, upstreamPersists: false))
    }

    @Test("A client that leaves ends the exchange at every stage, once")
    func clientLeaves() {
        var connecting = exchange()
        #expect(connecting.clientClosed(isEnd: true) == .cut)
        #expect(connecting.clientClosed(isEnd: true) == .ignore)
        #expect(connecting.connectFailed(timedOut: false) == .ignore)
        var waiting = exchange()
        waiting.connected(isReused: false)
        #expect(waiting.clientClosed(isEnd: false) == .cut)
        #expect(waiting.upstreamTimedOut() == .ignore)
    }

    @Test("Faults are answered while nothing of an answer was sent, and cut after that")
    func faults() {
        var refused = exchange()
        #expect(refused.connectFailed(timedOut: false) == .answer(.badGateway))
        var slow = exchange()
        #expect(slow.connectFailed(timedOut: true) == .answer(.gatewayTimeout))
        var silent = exchange()
        silent.connected(isReused: false)
        #expect(silent.upstreamTimedOut() == .answer(.gatewayTimeout))
        var garbage = exchange()
        garbage.connected(isReused: false)
        #expect(garbage.upstreamFailed() == .answer(.badGateway))
        var late = exchange()
        late.connected(isReused: false)
        _ = answer(&late)
        #expect(late.upstreamTimedOut() == .cut)
    }

    @Test("A tunnel that has ended hears of nothing more; a reset cuts it")
    func tunnelEnds() {
        var state = exchange()
        state.connected(isReused: false)
        _ = answer(&state, switches: true, holds: true, wantsTunnel: true)
        state.tunnelEnded()
        #expect(state.clientClosed(isEnd: true) == .ignore)
        #expect(state.upstreamClosed(isEnd: true, endsContent: false, sawBytes: true) == .ignore)
        var cut = exchange()
        cut.connected(isReused: false)
        _ = answer(&cut, switches: true, holds: true, wantsTunnel: true)
        #expect(cut.upstreamClosed(isEnd: false, endsContent: false, sawBytes: true) == .cut)
    }
}
