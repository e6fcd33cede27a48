import Runtime
import Testing

@Suite("Clients that ask for nothing")
struct IdleClientTests {
    @Test(
        "One that has never spoken goes after a while, and sooner where all are as young",
        arguments: [
            (24, false, false), (25, false, true), (249, false, true), (250, true, true),
        ] as [(UInt64, Bool, Bool)])
    func silent(waited: UInt64, goes: Bool, goesUnderPressure: Bool) {
        let client = IdleClient(isSilent: true, waitedMilliseconds: waited)
        #expect(client.goes(.usual) == goes)
        #expect(client.goes(.pressing) == goesUnderPressure)
    }

    @Test("One that has spoken keeps its place for a second, whoever comes")
    func idle() {
        for need in [IdleClient.Need.usual, .pressing] {
            let early = IdleClient(isSilent: false, waitedMilliseconds: 999)
            #expect(!early.goes(need))
            let late = IdleClient(isSilent: false, waitedMilliseconds: 1_000)
            #expect(late.goes(need))
        }
    }
}
