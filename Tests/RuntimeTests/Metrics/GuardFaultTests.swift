import Runtime
import Testing

@Suite("Faults of guards")
struct GuardFaultTests {
    @Test(
        "A service that forward_auth asks in vain is counted, whether it hangs or is not there"
    )
    func counters() {
        #expect(ExchangeFault.guardTimeout.authCounter == .authForwardUnavailable)
        #expect(ExchangeFault.authNoAnswer.authCounter == .authForwardUnavailable)
        #expect(ExchangeFault.authBusy.authCounter == .authBusy)
        #expect(ExchangeFault.upstreamClosedBeforeHead.authCounter == nil)
    }
}
