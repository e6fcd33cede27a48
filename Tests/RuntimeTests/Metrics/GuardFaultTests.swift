import Runtime
import Testing

@Suite("Faults of guards")
struct GuardFaultTests {
    @Test(
        "A service that forward_auth asks and that says nothing in time is counted as one that is not there"
    )
    func counters() {
        #expect(ExchangeFault.guardTimeout.authCounter == .authForwardUnavailable)
        #expect(ExchangeFault.authNoAnswer.authCounter == .authForwardUnavailable)
        #expect(ExchangeFault.authBusy.authCounter == .authBusy)
        #expect(ExchangeFault.upstreamClosedBeforeHead.authCounter == nil)
    }
}
