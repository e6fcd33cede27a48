import COpenSSL
import RouteTable
import Runtime
import Testing

/// Goal: of certificates for the same names each client gets the one that it can verify.
@Suite("TLS certificates with several kinds of keys")
struct TLSKeyKindTests {
    private let authority = TestAuthority()

    private func server(_ files: [TestAuthority.Files]) throws -> TLSServerContext {
        try TLSServerContext(
            ListenerDescription.TLS(
                certificates: files.map { .init(certificate: $0.certificate, key: $0.key) },
                requiresTLS13: false, clientAuthority: nil, clientVerification: .none),
            ticketKeys: TLSTicketKeys())
    }

    private func issue(_ names: String, isRSA: Bool = false) -> TestAuthority.Files {
        authority.issue(.init(names: names, isRSA: isRSA))
    }

    /// The kind of key that a client is shown that knows only these signature algorithms; nil without a handshake.
    private func keyKind(
        _ server: TLSServerContext, name: String, version: Int32, algorithms: String
    ) -> Int32? {
        let sockets = SocketPair()
        let feed = TLSFeed()
        var serverSession = server.makeSession(on: sockets.second, through: feed)
        guard let context = unsafe SSL_CTX_new(TLS_client_method()) else { return nil }
        defer { unsafe SSL_CTX_free(context) }
        unsafe SSL_CTX_ctrl(context, SSL_CTRL_SET_MAX_PROTO_VERSION, Int(version), nil)
        var list = Array(algorithms.utf8CString)
        unsafe SSL_CTX_ctrl(context, SSL_CTRL_SET_SIGALGS_LIST, 0, &list)
        guard let session = unsafe SSL_new(context) else { return nil }
        defer { unsafe SSL_free(session) }
        unsafe SSL_set_fd(session, sockets.first)
        unsafe SSL_set_connect_state(session)
        _ = unsafe copenssl_set_server_name(session, name)
        var end = TLSProgress.wantsRead
        for _ in 0..<8 {
            ERR_clear_error()
            unsafe SSL_do_handshake(session)
            if end.isWaiting { end = serverSession.shakeHands() }
        }
        guard end == .done, let shown = unsafe SSL_get0_peer_certificate(session) else {
            return nil
        }
        return unsafe EVP_PKEY_get_base_id(X509_get0_pubkey(shown))
    }

    private static let ecdsa = "ECDSA+SHA256"
    private static let rsa = "RSA-PSS+SHA256:RSA+SHA256"

    @Test(
        "The client's algorithms choose, for the default and for other names",
        arguments: [TLS1_2_VERSION, TLS1_3_VERSION], [false, true])
    func choice(version: Int32, rsaFirst: Bool) throws {
        for names in ["DNS:a.example,DNS:*.b.example", "DNS:c.example"] {
            let pair = [issue(names, isRSA: rsaFirst), issue(names, isRSA: !rsaFirst)]
            let served = try server([issue("DNS:c.example"), pair[0], pair[1]])
            let isDefault = names == "DNS:c.example"
            let unused = isDefault ? [pair[rsaFirst ? 1 : 0].certificate] : []
            #expect(served.unusedCertificates.map(\.path) == unused)
            let name = isDefault ? "c.example" : "x.b.example"
            #expect(
                keyKind(served, name: name, version: version, algorithms: Self.ecdsa)
                    == EVP_PKEY_EC)
            #expect(
                keyKind(served, name: name, version: version, algorithms: Self.rsa)
                    == EVP_PKEY_RSA)
        }
    }

    @Test("What no client can get is told of")
    func unused() throws {
        let first = issue("DNS:a.example,DNS:b.example")
        let part = issue("DNS:b.example", isRSA: true)
        let again = issue("DNS:b.example,DNS:a.example")
        let nameless = issue("IP:127.0.0.1")
        let other = issue("DNS:b.example,DNS:c.example")
        let served = try server([first, part, again, nameless, other])
        #expect(
            served.unusedCertificates == [
                TLSUnusedCertificate(path: part.certificate, reason: .namesTaken),
                TLSUnusedCertificate(path: again.certificate, reason: .namesTaken),
                TLSUnusedCertificate(path: nameless.certificate, reason: .nameless),
            ])
        #expect(
            keyKind(served, name: "b.example", version: TLS1_3_VERSION, algorithms: Self.rsa)
                == nil)
        let twins = try server([nameless, issue("IP:127.0.0.1", isRSA: true)])
        #expect(twins.unusedCertificates == [])
    }
}
