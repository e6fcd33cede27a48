import Runtime
import Testing

@Suite("The order of an endpoint's addresses")
struct AddressOrderTests {
    private func order(of count: Int, startingWith first: UInt16) -> [Int] {
        (0..<count).map { AddressOrder.place(after: $0, startingWith: first) }
    }

    @Test("Each address has its turn, whichever is the first")
    func places() {
        #expect(order(of: 4, startingWith: 0) == [0, 1, 2, 3])
        #expect(order(of: 4, startingWith: 2) == [2, 0, 1, 3])
        #expect(order(of: 4, startingWith: 3) == [3, 0, 1, 2])
        #expect(order(of: 1, startingWith: 0) == [0])
    }

    @Test("The one that connected last comes first, for ten minutes")
    func preference() {
        var order = AddressOrder()
        #expect(order.first(now: 0) == 0)
        order.connected(to: 2, now: 100)
        // That it goes on connecting is no reason not to look at the others again.
        order.connected(to: 2, now: 5_000)
        #expect(order.first(now: 100 + AddressOrder.keptMilliseconds - 1) == 2)
        #expect(order.first(now: 100 + AddressOrder.keptMilliseconds) == 0)
        order.connected(to: 1, now: 700_000)
        order.connected(to: 0, now: 700_001)
        #expect(order.first(now: 700_002) == 0)
    }
}
