import Runtime
import Testing

@Suite("Pending bytes and their blocks")
struct PendingBytesTests {
    @Test("Bytes come out in the order in which they went in, across moves to larger blocks")
    func order() {
        var pool = BlockPool()
        var pending = PendingBytes()
        var expected: [UInt8] = []
        for round in 0..<40 {
            let piece = [UInt8](repeating: UInt8(round), count: 1 + round * 13)
            expected += piece
            #expect(append(piece, to: &pending, &pool))
            pending.drop(round, to: &pool)
            expected.removeFirst(round)
        }
        #expect(contents(of: pending) == expected)
        pending.clear(to: &pool)
        #expect(pool.lentCount == 0)
    }

    @Test("Nothing is held once all bytes are gone")
    func release() {
        var pool = BlockPool()
        var pending = PendingBytes()
        #expect(append([1, 2, 3], to: &pending, &pool))
        #expect(pool.lentCount == 1)
        pending.drop(3, to: &pool)
        #expect(pool.lentCount == 0)
        #expect(pending.isEmpty)
    }

    @Test("More than the largest block is refused and changes nothing")
    func tooMuch() {
        var pool = BlockPool()
        var pending = PendingBytes()
        #expect(append([7], to: &pending, &pool))
        let large = [UInt8](repeating: 0, count: BlockPool.blockBytesMax)
        #expect(!append(large, to: &pending, &pool))
        #expect(contents(of: pending) == [7])
        pending.clear(to: &pool)
    }

    @Test("Steady use takes nothing more from the system")
    func steady() {
        var pool = BlockPool()
        var pending = PendingBytes()
        let piece = [UInt8](repeating: 9, count: 3_000)
        for _ in 0..<10 {
            #expect(append(piece, to: &pending, &pool))
            pending.drop(pending.count, to: &pool)
        }
        #expect(pool.allocationCount == 1)
    }

    private func append(
        _ bytes: [UInt8], to pending: inout PendingBytes, _ pool: inout BlockPool
    ) -> Bool {
        // SAFETY: the bytes are copied before the call returns.
        unsafe bytes.withUnsafeBytes { unsafe pending.append($0, from: &pool) }
    }

    private func contents(of pending: PendingBytes) -> [UInt8] {
        // SAFETY: copied at once.
        unsafe Array(pending.bytes)
    }
}
