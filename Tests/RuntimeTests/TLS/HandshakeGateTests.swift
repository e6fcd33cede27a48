import Runtime
import Testing

@Suite("Handshake gate")
struct HandshakeGateTests {
    private func client(_ number: UInt32) -> ConnectionToken {
        ConnectionToken(slot: number, generation: 1)
    }

    @Test("Who comes when all places are taken gets the next one, in the order of coming")
    func order() {
        var gate = HandshakeGate(countMax: 2)
        let entered = (0..<5).map { gate.enter(client($0), now: 0) }
        #expect(entered == [true, true, false, false, false])
        let nothing = gate.next(now: 1)
        #expect(nothing == .none)
        // Asking again is no second place.
        let again = gate.enter(client(1), now: 1)
        #expect(again)
        gate.leave(client(1))
        let first = gate.next(now: 2)
        #expect(first == .admit(client(2)))
        let none = gate.next(now: 2)
        #expect(none == .none)
        gate.leave(client(0))
        // Who comes now does not overtake those who wait.
        let overtakes = gate.enter(client(9), now: 2)
        #expect(!overtakes)
        let second = gate.next(now: 2)
        #expect(second == .admit(client(3)))
        let mayGoOn = gate.enter(client(3), now: 3)
        #expect(mayGoOn)
        let count = gate.count
        #expect(count == 2)
    }

    @Test("A handshake that takes a second loses its place, but only where somebody waits")
    func eviction() {
        var gate = HandshakeGate(countMax: 2)
        _ = gate.enter(client(0), now: 100)
        _ = gate.enter(client(1), now: 600)
        let calm = (gate.due, gate.next(now: 60_000))
        #expect(calm == (nil, .none))
        _ = gate.enter(client(2), now: 700)
        let early = (gate.due, gate.next(now: 1_099))
        #expect(early == (1_100, .none))
        let late = gate.next(now: 1_100)
        #expect(late == .evict(client(0)))
        gate.leave(client(0))
        let admitted = gate.next(now: 1_100)
        #expect(admitted == .admit(client(2)))
        let rest = (gate.due, gate.next(now: 60_000))
        #expect(rest == (nil, .none))
    }

    @Test("Clients that come and go while others wait leave nothing behind")
    func leavers() {
        var gate = HandshakeGate(countMax: 4)
        for number in 0..<4 { _ = gate.enter(client(UInt32(number)), now: 0) }
        _ = gate.enter(client(4), now: 0)
        var longest = 0
        for number in 5..<1_000 {
            _ = gate.enter(client(UInt32(number)), now: 0)
            guard gate.waiterLeft() else { continue }
            let waiting = gate.takeWaiting()
            longest = max(longest, waiting.count)
            // Only the first is still there.
            for token in waiting where token == client(4) { gate.wait(token) }
        }
        #expect(longest > 0)
        #expect(longest < 20)
        gate.leave(client(0))
        let next = gate.next(now: 0)
        #expect(next == .admit(client(4)))
    }
}
