import Glibc
import Runtime
import Testing

@Suite("What the error of a connect means")
struct ExchangeFaultTests {
    @Test(
        "What is lacking here is told apart from what is wrong with the backend",
        arguments: [
            (EADDRNOTAVAIL, .outOfPorts), (EMFILE, .outOfConnections), (ENFILE, .outOfConnections),
            (ENOBUFS, .outOfConnections), (ENOMEM, .outOfConnections),
            (ECONNREFUSED, .upstreamRefused), (ETIMEDOUT, .upstreamDialTimeout),
            (ECONNRESET, .upstreamResetBeforeHead), (EPIPE, .upstreamResetBeforeHead),
            (ENETUNREACH, .upstreamUnreachable), (EHOSTUNREACH, .upstreamUnreachable),
        ] as [(Int32, ExchangeFault)])
    func connectErrors(number: Int32, fault: ExchangeFault) {
        #expect(ExchangeFault(connectError: number) == fault)
        #expect(fault.isOwnShortage == SystemError(.connect, number).isOwnShortage)
    }

    @Test("A dial that took too long says at what stage, and is a timeout at each")
    func dialTimeouts() {
        let stages: [ExchangeFault] = [.upstreamDialTimeout, .upstreamTLSTimeout, .proxyTimeout]
        #expect(stages.allSatisfy { $0.isDialTimeout && !$0.isOwnShortage })
        #expect(!ExchangeFault.upstreamTLSFailed.isDialTimeout)
        #expect(!ExchangeFault.proxyRefused.isDialTimeout)
    }

    @Test("A dial that did not get past the proxy on the way says nothing of the backend")
    func atProxy() {
        let faults: [(ExchangeFault, ExchangeFault)] = [
            (.upstreamRefused, .proxyNotListening), (.upstreamUnreachable, .proxyUnreachable),
            (.upstreamUnresolved, .proxyUnresolved), (.upstreamDialTimeout, .proxyTimeout),
            (.upstreamTLSTimeout, .proxyTimeout), (.upstreamTLSFailed, .proxyTLSFailed),
            (.upstreamResetBeforeHead, .proxyReset),
        ]
        for (fault, located) in faults {
            #expect(fault.atProxy == located && located.atProxy == located)
            #expect("\(located.reason)".contains("the proxy on the way"))
            #expect(fault.isDialTimeout == located.isDialTimeout)
        }
        #expect(ExchangeFault.outOfPorts.atProxy == .outOfPorts)
        #expect(ExchangeFault.proxyRefused.atProxy == .proxyRefused)
    }

    @Test("Of several addresses that fail, what says something about the backend is told")
    func precedence() {
        #expect(ExchangeFault.none.followed(by: .outOfPorts) == .outOfPorts)
        #expect(ExchangeFault.upstreamRefused.followed(by: .outOfPorts) == .upstreamRefused)
        #expect(ExchangeFault.outOfPorts.followed(by: .upstreamRefused) == .upstreamRefused)
        let refused = ExchangeFault.upstreamRefused
        #expect(refused.followed(by: .upstreamTLSFailed) == .upstreamTLSFailed)
    }
}
