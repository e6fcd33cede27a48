import COpenSSL
import Glibc
import RouteTable
import Runtime
import TestSupport
import Testing

@Suite("TLS negotiation")
struct TLSNegotiationTests {
    private let authority = TestAuthority()
    private let keys = TLSTicketKeys()
    private let files: TestAuthority.Files

    init() { files = authority.issue(.init(names: "DNS:a.example")) }

    private func server(
        requiresTLS13: Bool = false, verification: ListenerDescription.ClientVerification = .none,
        authority file: String? = nil, keys: TLSTicketKeys? = nil,
        clientVerifiedSecondsMax: Int = TLSTicketTerms.verifiedSecondsMax
    ) throws -> TLSServerContext {
        try TLSServerContext(
            ListenerDescription.TLS(
                certificates: [.init(certificate: files.certificate, key: files.key)],
                requiresTLS13: requiresTLS13,
                clientAuthority: verification == .none ? nil : file ?? authority.file,
                clientVerification: verification),
            ticketKeys: keys ?? self.keys, clientVerifiedSecondsMax: clientVerifiedSecondsMax)
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

    /// Goal: RFC 6066, 3 for TLS 1.2; in TLS 1.3 the name is no part of what is resumed.
    @Test(
        "TLS 1.2 takes no session up under another server name",
        arguments: [
            (TLS1_2_VERSION, "b.example", false), (TLS1_2_VERSION, "A.example", true),
            (TLS1_2_VERSION, "other.example", false), (TLS1_2_VERSION, nil, false),
            (TLS1_3_VERSION, "b.example", true),
        ] as [(Int32, String?, Bool)])
    func otherName(version: Int32, name: String?, isResumed: Bool) throws {
        let other = authority.issue(.init(names: "DNS:b.example"))
        let served = try TLSServerContext(
            ListenerDescription.TLS(
                certificates: [files, other].map {
                    .init(certificate: $0.certificate, key: $0.key)
                },
                requiresTLS13: false, clientAuthority: nil, clientVerification: .none),
            ticketKeys: keys)
        let client = ForeignClient.limited(to: version)
        #expect(!client.meet(served, name: "a.example").isResumed)
        #expect(client.meet(served, name: "a.example").isResumed)
        #expect(client.meet(served, name: name).isResumed == isResumed)
    }

    /// Goal: whoever holds a ticket is not let in for ever. Method: with no time left, a certificate is asked for
    /// each time; a session without one does not depend on it.
    @Test(
        "A client's certificate is looked at again when its time is over",
        arguments: [TLS1_2_VERSION, TLS1_3_VERSION])
    func clientVerifiedAgain(version: Int32) throws {
        for (seconds, isResumed) in [(0, false), (3_600, true)] {
            let served = try server(verification: .optional, clientVerifiedSecondsMax: seconds)
            let known = ForeignClient.limited(to: version)
            known.show(authority.issue(.init(names: "DNS:client")))
            #expect(!known.meet(served).isResumed)
            for _ in 0..<3 {
                let met = known.meet(served)
                #expect(met.end == .done)
                #expect(met.isResumed == isResumed)
            }
            let anonymous = ForeignClient.limited(to: version)
            #expect(!anonymous.meet(served).isResumed)
            #expect(anonymous.meet(served).isResumed)
        }
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

    /// Goal: taking an authority away locks its clients out, whatever tickets they have.
    @Test(
        "A session does not outlive what is in the file of the authority",
        arguments: [TLS1_2_VERSION, TLS1_3_VERSION])
    func replacedAuthority(version: Int32) throws {
        let directory = try TemporaryDirectory()
        let file = directory.file("ca.pem")
        let other = TestAuthority()
        func served(by authority: TestAuthority) throws -> TLSServerContext {
            unsafe unlink(file)
            try #require(unsafe symlink(authority.file, file) == 0)
            return try server(verification: .require, authority: file)
        }
        let client = ForeignClient.limited(to: version)
        client.show(authority.issue(.init(names: "DNS:client")))
        #expect(try client.meet(served(by: authority)).end == .done)
        #expect(try client.meet(served(by: authority)).isResumed)
        let refused = try client.meet(served(by: other))
        #expect(refused.end == .failed(.unknownAuthority))
        #expect(!refused.isResumed)
        #expect(try client.meet(served(by: authority)).isResumed)
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
