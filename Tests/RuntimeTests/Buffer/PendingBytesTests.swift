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

    @Test(
        "A block holds what it was taken for, and the next size is not far",
        arguments: [
            1, 55, 56, 57, 72, 73, 248, 249, 512, 513, 16_384, 16_385, BlockPool.blockBytesMax,
        ])
    func sizes(byteCount: Int) {
        var pool = BlockPool()
        var block = pool.take(byteCount)
        #expect(block.capacity >= byteCount)
        #expect(block.capacity < max(57, 2 * byteCount) || byteCount > 248 && byteCount < 512)
        if byteCount <= 248 { #expect(block.capacity < byteCount + 16 || byteCount < 56) }
        pool.giveBack(&block)
        #expect(!block.exists)
        #expect(pool.lentCount == 0)
    }

    @Test("Small blocks are cut from chunks, large ones can be let go of")
    func trimming() {
        var pool = BlockPool()
        var blocks = (0..<1_000).map { _ in pool.take(100) }
        #expect(pool.allocationCount == 2)
        var large = pool.take(1_000)
        #expect(pool.allocationCount == 3)
        pool.giveBack(&large)
        large = pool.take(1_000)
        #expect(pool.allocationCount == 3)
        pool.giveBack(&large)
        pool.trim()
        large = pool.take(1_000)
        #expect(pool.allocationCount == 4)
        pool.giveBack(&large)
        for index in blocks.indices { pool.giveBack(&blocks[index]) }
        #expect(pool.lentCount == 0)
        blocks = (0..<1_000).map { _ in pool.take(100) }
        #expect(pool.allocationCount == 4)
        for index in blocks.indices { pool.giveBack(&blocks[index]) }
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
