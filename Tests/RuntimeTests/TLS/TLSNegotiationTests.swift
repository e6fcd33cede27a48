import COpenSSL
import RouteTable
import Runtime
import Testing

@Suite("TLS negotiation")
struct TLSNegotiationTests {
    private let authority = TestAuthority()
    private let keys = TLSTicketKeys()
    private let files: TestAuthority.Files

    init() { files = authority.issue(.init(names: "DNS:a.example")) }

    private func server(
        requiresTLS13: Bool = false, verification: ListenerDescription.ClientVerification = .none,
        keys: TLSTicketKeys? = nil
    ) throws -> TLSServerContext {
        try TLSServerContext(
            ListenerDescription.TLS(
                certificates: [.init(certificate: files.certificate, key: files.key)],
                requiresTLS13: requiresTLS13,
                clientAuthority: verification == .none ? nil : authority.file,
                clientVerification: verification),
            ticketKeys: keys ?? self.keys)
    }

    @Test("TLS 1.2 is spoken unless 1.3 is required")
    func versions() throws {
        let client = ForeignClient()
        client.limitVersion(to: TLS1_2_VERSION)
        #expect(try client.meet(server()).end == .done)
        #expect(
            try ForeignClient.limited(to: TLS1_2_VERSION).meet(server(requiresTLS13: true)).end
                == .failed(.noSharedVersion))
        #expect(
            try ForeignClient.limited(to: TLS1_1_VERSION).meet(server()).end
                == .failed(.noSharedVersion))
    }

    @Test("HTTP/1.1 is chosen where it is offered; who can't speak it is refused")
    func applicationProtocols() throws {
        let both = ForeignClient()
        both.offer(["h2", "http/1.1"])
        #expect(try both.meet(server()).chosen == "http/1.1")
        let silent = ForeignClient()
        let quiet = try silent.meet(server())
        #expect(quiet.end == .done)
        #expect(quiet.chosen == "")
        let other = ForeignClient()
        other.offer(["h2"])
        #expect(try other.meet(server()).end == .failed(.protocolError))
    }

    @Test(
        "A session is resumed by another context with the same keys",
        arguments: [TLS1_2_VERSION, TLS1_3_VERSION])
    func resumption(version: Int32) throws {
        let client = ForeignClient.limited(to: version)
        #expect(try !client.meet(server()).isResumed)
        #expect(try client.meet(server()).isResumed)
        #expect(try !client.meet(server(keys: TLSTicketKeys())).isResumed)
    }

    /// Goal: a ticket is good as long as it says, and nothing older than the key before.
    @Test("A ticket outlives one change of keys, and not two")
    func rotation() throws {
        let period = TLSTicketKeys.periodMilliseconds
        #expect(keys.advance(to: 1_000) == nil)
        let served = try server()
        #expect(keys.advance(to: 1_000) == period)
        #expect(keys.advance(to: 1_500) == period - 500)
        let constant = ForeignClient()
        let late = ForeignClient()
        #expect(!constant.meet(served).isResumed)
        #expect(!late.meet(served).isResumed)
        #expect(keys.advance(to: 1_000 + period) == period)
        // It gets a ticket of the new key with that.
        #expect(constant.meet(served).isResumed)
        #expect(keys.advance(to: 1_000 + 2 * period) == period)
        #expect(constant.meet(served).isResumed)
        #expect(!late.meet(served).isResumed)
        // A process that slept does not open what is older than its keys may be.
        #expect(keys.advance(to: 1_000 + 9 * period) == period)
        #expect(!constant.meet(served).isResumed)
    }

    @Test("A session does not carry over to a listener that asks for client certificates")
    func policy() throws {
        let client = ForeignClient()
        #expect(try client.meet(server()).end == .done)
        let strict = try client.meet(server(verification: .require))
        #expect(!strict.isResumed)
        #expect(strict.end == .failed(.certificateMissing))
    }
}

extension ForeignClient {
    static func limited(to version: Int32) -> ForeignClient {
        let client = ForeignClient()
        client.limitVersion(to: version)
        return client
    }
}
