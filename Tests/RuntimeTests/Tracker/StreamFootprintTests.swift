import Runtime
import Testing

@Suite("What a stream holds")
struct StreamFootprintTests {
    /// Goal: an idle WebSocket takes no more than 1 KiB, all of it: see docs/performance.md.
    /// Method: the parts have bounds of their own, so that the one that grows is named.
    @Test("The tables hold little for an upgraded connection")
    func webSocket() {
        #expect(StreamFootprint.connectionByteCount <= 112)
        #expect(StreamFootprint.exchangeByteCount <= 248)
        #expect(StreamFootprint.sessionByteCount <= 216)
        #expect(StreamFootprint.webSocketByteCount <= 688)
    }
}
