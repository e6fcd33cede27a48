import RouteTable
import Runtime
import Testing

@Suite("TLS sessions with upstreams")
struct TLSResumptionTests {
    private let authority = TestAuthority()
    private let keys = TLSTicketKeys()

    private func server() throws -> TLSServerContext {
        let files = authority.issue(.init(names: "DNS:a.example"))
        return try TLSServerContext(
            ListenerDescription.TLS(
                certificates: [.init(certificate: files.certificate, key: files.key)],
                requiresTLS13: false, clientAuthority: nil, clientVerification: .none),
            ticketKeys: keys)
    }

    private func client() throws -> TLSClientContext {
        try TLSClientContext(
            ServiceDescription.TLS(
                authority: authority.file, certificate: nil, key: nil, serverName: nil,
                skipsVerification: false, requiresTLS13: false))
    }

    /// Shakes hands and lets the client read what comes behind that.
    ///
    /// - Returns: Whether an earlier session was taken up.
    private func meet(
        _ client: TLSClientContext, _ server: TLSServerContext, _ resumption: TLSResumption?,
        now: UInt64 = 0
    ) -> Bool {
        var pair = TLSPair(
            client: client, server: server, name: "a.example", resuming: resumption, now: now)
        #expect(pair.handshake() == (.done, .done))
        #expect(pair.server.write([1]) == .moved(byteCount: 1))
        #expect(pair.client.read(1).bytes == [1])
        return pair.client.isResumed
    }

    @Test("The next connection to an endpoint takes up the last session, and no other does")
    func resumed() throws {
        let (client, server) = (try client(), try server())
        let endpoint = TLSResumption()
        let resumedCount = (0..<5).map { _ in meet(client, server, endpoint) }.count { $0 }
        #expect(resumedCount == 4)
        #expect(!meet(client, server, TLSResumption()))
        #expect(!meet(client, server, nil))
    }

    @Test("A server with other keys is met anew, and its session is kept then")
    func otherServer() throws {
        let client = try client()
        let endpoint = TLSResumption()
        #expect(!meet(client, try server(), endpoint))
        let other = try TLSResumptionTests.serverWithOtherKeys(authority)
        #expect(!meet(client, other, endpoint))
        #expect(meet(client, other, endpoint))
    }

    private static func serverWithOtherKeys(_ authority: TestAuthority) throws -> TLSServerContext {
        let files = authority.issue(.init(names: "DNS:a.example"))
        return try TLSServerContext(
            ListenerDescription.TLS(
                certificates: [.init(certificate: files.certificate, key: files.key)],
                requiresTLS13: false, clientAuthority: nil, clientVerification: .none),
            ticketKeys: TLSTicketKeys())
    }

    /// Goal: sessions that are taken up again and again do not keep a certificate trusted for ever.
    @Test("A certificate is verified again after an hour, whatever was resumed in between")
    func verifiedAgain() throws {
        let (client, server) = (try client(), try server())
        let endpoint = TLSResumption()
        let hour = TLSResumption.verifiedMillisecondsMax
        let start: UInt64 = 5_000
        #expect(!meet(client, server, endpoint, now: start))
        #expect(meet(client, server, endpoint, now: start + hour / 2))
        #expect(meet(client, server, endpoint, now: start + hour - 1))
        #expect(!meet(client, server, endpoint, now: start + hour))
        #expect(meet(client, server, endpoint, now: start + hour + 1))
    }
}
