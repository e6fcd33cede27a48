import Runtime
import Testing

@Suite("Attempts to connect beside the latest")
struct RivalDialsTests {
    private func token(_ number: UInt32) -> ConnectionToken {
        ConnectionToken(slot: number, generation: 1)
    }

    @Test("The latest of them is the first to take its place")
    func order() {
        var rivals = RivalDials()
        #expect(rivals.popLast() == nil)
        for number in 0..<3 { rivals.append(token(UInt32(number))) }
        #expect(rivals.isFull)
        let taken = (0..<4).map { _ in rivals.popLast() }
        #expect(taken == [token(2), token(1), token(0), nil])
    }

    @Test("One that has failed is forgotten, whichever it is", arguments: [0, 1, 2] as [UInt32])
    func removal(failed: UInt32) {
        var rivals = RivalDials()
        for number in 0..<3 { rivals.append(token(UInt32(number))) }
        rivals.remove(token(failed))
        rivals.remove(token(7))
        #expect(!rivals.isFull)
        let expected = [2, 1, 0].filter { $0 != failed }.map { Optional(token($0)) }
        let left = (0..<3).map { _ in rivals.popLast() }
        #expect(left == expected + [nil])
    }
}
