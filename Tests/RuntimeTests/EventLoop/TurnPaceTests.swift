import Runtime
import Testing

@Suite("Deadlines after a standstill")
struct TurnPaceTests {
    /// One turn of the loop.
    private struct Turn {
        var before: UInt64
        var sleep: UInt64?
        var now: UInt64
        var isFull = false
    }

    /// Whether deadlines may be acted on in each of the turns.
    private func outcomes(_ turns: [Turn]) -> [Bool] {
        var pace = TurnPace()
        return turns.map { turn in
            pace.mayExpire(
                before: turn.before, sleep: turn.sleep, now: turn.now, isFull: turn.isFull)
        }
    }

    @Test("A loop that wakes up in time acts on deadlines at once")
    func inTime() {
        let turns = [0, 1, TurnPace.lateMillisecondsMin].map { late in
            Turn(before: 1_000, sleep: 50, now: 1_050 + late, isFull: true)
        }
        #expect(outcomes(turns) == [true, true, true])
        #expect(outcomes([Turn(before: 1_000, sleep: 50, now: 1_001)]) == [true])
    }

    @Test("Who had nothing to wake up for is never late")
    func idle() {
        #expect(outcomes([Turn(before: 1_000, sleep: nil, now: 900_000)]) == [true])
    }

    @Test("After a standstill all that is ready is handled first")
    func standstill() {
        let turns = [
            Turn(before: 1_000, sleep: 50, now: 4_000),
            Turn(before: 4_000, sleep: 0, now: 4_001, isFull: true),
            Turn(before: 4_001, sleep: 0, now: 4_002, isFull: true),
            Turn(before: 4_002, sleep: 0, now: 4_003),
            Turn(before: 4_003, sleep: 0, now: 4_004, isFull: true),
        ]
        #expect(outcomes(turns) == [false, false, false, true, true])
    }

    @Test("A flood of events does not put deadlines off for ever")
    func flood() {
        let first = Turn(before: 0, sleep: 0, now: 5_000, isFull: true)
        let rest = (1...UInt64(TurnPace.turnCountMax)).map { turn in
            Turn(before: 5_000 + turn, sleep: 0, now: 5_001 + turn, isFull: true)
        }
        #expect(outcomes([first] + rest).firstIndex(of: true) == TurnPace.turnCountMax)
        // Nor do standstills one after the other.
        let late = (0...UInt64(TurnPace.turnCountMax)).map { turn in
            Turn(before: turn * 1_000, sleep: 0, now: turn * 1_000 + 900)
        }
        #expect(outcomes(late).firstIndex(of: true) == TurnPace.turnCountMax)
    }
}
