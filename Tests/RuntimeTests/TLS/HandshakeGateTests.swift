import Runtime
import Testing

@Suite("Handshake gate")
struct HandshakeGateTests {
    private func client(_ number: UInt32) -> ConnectionToken {
        ConnectionToken(slot: number, generation: 1)
    }

    @Test("Who comes when all places are taken gets the next one, in the order of coming")
    func order() {
        var gate = HandshakeGate(countMax: 4)
        let entered = (0..<7).map { gate.enter(client($0), group: 0, now: 0) }
        #expect(entered == [true, true, true, true, false, false, false])
        let nothing = gate.next(now: 1)
        #expect(nothing == .none)
        // Asking again is no second place.
        let again = gate.enter(client(1), group: 0, now: 1)
        #expect(again)
        gate.leave(client(1))
        let first = gate.next(now: 2)
        #expect(first == .admit(client(4)))
        let none = gate.next(now: 2)
        #expect(none == .none)
        gate.leave(client(0))
        // Who comes now does not overtake those who wait.
        let overtakes = gate.enter(client(9), group: 0, now: 2)
        #expect(!overtakes)
        let second = gate.next(now: 2)
        #expect(second == .admit(client(5)))
        let mayGoOn = gate.enter(client(5), group: 0, now: 3)
        #expect(mayGoOn)
        let count = gate.count
        #expect(count == 4)
    }

    @Test("A handshake that takes a second loses its place, but only where somebody waits")
    func eviction() {
        var gate = HandshakeGate(countMax: 2)
        _ = gate.enter(client(0), group: 0, now: 100)
        _ = gate.enter(client(1), group: 0, now: 600)
        let calm = (gate.due, gate.next(now: 60_000))
        #expect(calm == (nil, .none))
        _ = gate.enter(client(2), group: 0, now: 700)
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
        for number in 0..<4 { _ = gate.enter(client(UInt32(number)), group: 0, now: 0) }
        _ = gate.enter(client(4), group: 0, now: 0)
        var longest = 0
        for number in 5..<1_000 {
            _ = gate.enter(client(UInt32(number)), group: 0, now: 0)
            guard gate.waiterLeft() else { continue }
            let waiting = gate.takeWaiting()
            longest = max(longest, waiting.count)
            // Only the first is still there.
            for waiter in waiting where waiter.token == client(4) { gate.wait(waiter) }
        }
        #expect(longest > 0)
        #expect(longest < 20)
        gate.leave(client(0))
        let next = gate.next(now: 0)
        #expect(next == .admit(client(4)))
    }

    @Test("Whoever opens many connections stands in its own way only")
    func groups() {
        var gate = HandshakeGate(countMax: 4)
        for number in 0..<8 { _ = gate.enter(client(UInt32(number)), group: 7, now: 0) }
        let stranger = gate.enter(client(100), group: 9, now: 10)
        #expect(!stranger)
        let early = (gate.due, gate.next(now: 249))
        #expect(early == (250, .none))
        // The four that came before the stranger wait on.
        let first = gate.next(now: 250)
        #expect(first == .evict(client(0)))
        gate.leave(client(0))
        let admitted = gate.next(now: 250)
        #expect(admitted == .admit(client(100)))
        // Of its own group nobody goes as early.
        let rest = (gate.due, gate.next(now: 999))
        #expect(rest == (1_000, .none))
        gate.leave(client(100))
        let next = gate.next(now: 999)
        #expect(next == .admit(client(4)))
    }

    @Test("Groups take turns, and none loses a place to one that has nearly as many")
    func turns() {
        var gate = HandshakeGate(countMax: 4)
        let clients: [(UInt32, UInt8)] = [
            (0, 1), (1, 1), (2, 2), (3, 2), (4, 1), (5, 1), (6, 2), (7, 3),
        ]
        for (number, group) in clients { _ = gate.enter(client(number), group: group, now: 0) }
        // Group 3 has no place, the others have two.
        let evicted = gate.next(now: 250)
        #expect(evicted == .evict(client(0)))
        gate.leave(client(0))
        let third = gate.next(now: 250)
        #expect(third == .admit(client(7)))
        // Now it is one, one and two.
        let rest = (gate.due, gate.next(now: 999))
        #expect(rest == (1_000, .none))
        var admitted: [HandshakeGate.Action] = []
        for number in [3, 2, 1] as [UInt32] {
            gate.leave(client(number))
            admitted.append(gate.next(now: 999))
        }
        #expect(admitted == [.admit(client(4)), .admit(client(6)), .admit(client(5))])
    }

    @Test("Where more wait than there are places, the last one is next, and patience is short")
    func crowd() {
        var gate = HandshakeGate(countMax: 2)
        for number in 0..<7 { _ = gate.enter(client(UInt32(number)), group: 0, now: 0) }
        let early = (gate.due, gate.next(now: 249))
        #expect(early == (250, .none))
        let evicted = gate.next(now: 250)
        #expect(evicted == .evict(client(0)))
        gate.leave(client(0))
        var admitted: [ConnectionToken] = []
        while case .admit(let token) = gate.next(now: 250) {
            admitted.append(token)
            gate.leave(token)
        }
        #expect(admitted == [6, 5, 4, 2, 3].map(client))
        let nothing = (gate.due, gate.next(now: 60_000))
        #expect(nothing == (nil, .none))
    }
}
