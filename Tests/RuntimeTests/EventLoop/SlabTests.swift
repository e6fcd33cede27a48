import Runtime
import Testing

@Suite("Slab")
struct SlabTests {
    @Test("A slot is reused last in, first out, and its generation tells its users apart")
    func reuse() {
        var slab = Slab<Int>(capacity: 4)
        let first = slab.insert(10)
        let second = slab.insert(20)
        #expect(first.slot == 0)
        #expect(second.slot == 1)
        #expect(slab[second.slot] == 20)
        let removed = slab.remove(first.slot)
        #expect(removed == 10)
        #expect(slab.generation(of: first.slot) == 0)

        let third = slab.insert(30)
        #expect(third.slot == first.slot)
        #expect(third.generation == first.generation + 1)
        #expect(slab.count == 2)
    }

    @Test("A full slab says so and has room again after a removal")
    func full() {
        var slab = Slab<Int>(capacity: 3)
        for value in 0..<3 { _ = slab.insert(value) }
        let isFull = slab.isFull
        #expect(isFull)
        _ = slab.remove(1)
        let isFullAfterRemoval = slab.isFull
        #expect(!isFullAfterRemoval)
        let slot = slab.insert(7).slot
        #expect(slot == 1)
    }

    @Test("Values that are still there are destroyed with the slab")
    func destruction() {
        final class Witness: Sendable {}
        weak var witness: Witness?
        do {
            var slab = Slab<Witness>(capacity: 2)
            let value = Witness()
            witness = value
            _ = slab.insert(value)
        }
        #expect(witness == nil)
    }

    @Test("Slots that were never used are not occupied, whatever their number")
    func untouched() {
        let slab = Slab<Int>(capacity: 2)
        let isOccupied = slab.isOccupied(0) || slab.isOccupied(1) || slab.isOccupied(.max)
        #expect(!isOccupied)
    }
}
