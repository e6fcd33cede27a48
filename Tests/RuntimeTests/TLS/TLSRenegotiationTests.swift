import COpenSSL
import RouteTable
import Runtime
import Testing

/// Goal: it is known why a backend ends that wants a second handshake, as one does that asks for certificates by path.
@Suite("TLS renegotiation")
struct TLSRenegotiationTests {
    private let authority = TestAuthority()

    @Test("A peer that does not go on without it is told of as such")
    func refused() throws {
        let files = authority.issue(.init(names: "DNS:a.example"))
        let context = try TLSClientContext(
            ServiceDescription.TLS(
                authority: authority.file, certificate: nil, key: nil, serverName: nil,
                skipsVerification: false, requiresTLS13: false))
        let sockets = SocketPair()
        let feed = TLSFeed()
        var client = context.makeSession(
            on: sockets.first, to: TLSPeerName("a.example"), through: feed)
        let serverContext = unsafe SSL_CTX_new(TLS_server_method())
        defer { unsafe SSL_CTX_free(serverContext) }
        unsafe SSL_CTX_ctrl(serverContext, SSL_CTRL_SET_MAX_PROTO_VERSION, Int(TLS1_2_VERSION), nil)
        unsafe SSL_CTX_use_certificate_file(serverContext, files.certificate, SSL_FILETYPE_PEM)
        unsafe SSL_CTX_use_PrivateKey_file(serverContext, files.key, SSL_FILETYPE_PEM)
        let server = unsafe SSL_new(serverContext)
        defer { unsafe SSL_free(server) }
        unsafe SSL_set_fd(server, sockets.second)
        unsafe SSL_set_accept_state(server)
        var end = TLSProgress.wantsRead
        for _ in 0..<8 {
            if end.isWaiting { end = client.shakeHands() }
            ERR_clear_error()
            unsafe SSL_do_handshake(server)
        }
        try #require(end == .done)
        unsafe SSL_renegotiate(server)
        try #require(unsafe SSL_do_handshake(server) == 1)
        #expect(client.read(1).progress == .wantsRead)
        // It is told that there will be none, and gives up.
        var byte: UInt8 = 0
        ERR_clear_error()
        #expect(unsafe SSL_read(server, &byte, 1) == -1)
        #expect(client.read(1).progress == .failed(.renegotiation))
        let fault = ExchangeFault.upstreamResetBeforeHead.specified(by: .renegotiation)
        #expect(fault == .upstreamRenegotiates)
    }
}
