import Runtime
import Testing

@Suite("Giving memory back")
struct MemoryTrimTests {
    @Test("It is time when a burst of openings is over, and once for each")
    func burst() {
        var trim = MemoryTrim()
        for _ in 1..<MemoryTrim.changesMin { trim.opened(now: 1_000, clientCount: 70) }
        #expect(trim.due == nil)
        trim.opened(now: 1_500, clientCount: 70)
        #expect(trim.due == 1_500 + MemoryTrim.quietMilliseconds)
        trim.opened(now: 1_600, clientCount: 70)
        let turns = [
            1_599 + MemoryTrim.quietMilliseconds, 1_600 + MemoryTrim.quietMilliseconds, 60_000,
        ]
        .map { trim.takeTurn(now: $0) }
        #expect(turns == [false, true, false])
        #expect(trim.due == nil)
    }

    @Test("Among many clients it takes more openings")
    func manyClients() {
        var trim = MemoryTrim()
        for _ in 0..<124 { trim.opened(now: 0, clientCount: 1_000) }
        #expect(trim.due == nil)
        trim.opened(now: 0, clientCount: 1_000)
        #expect(trim.due != nil)
    }

    @Test("It is time as well when a crowd over TLS has left")
    func leavers() {
        var trim = MemoryTrim()
        for count in stride(from: 500, to: 437, by: -1) {
            trim.left(now: 1_000, clientCount: count)
        }
        #expect(trim.due == nil)
        trim.left(now: 1_000, clientCount: 437)
        #expect(trim.due == 1_000 + MemoryTrim.quietMilliseconds)
    }
}
