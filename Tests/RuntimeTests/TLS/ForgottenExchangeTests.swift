import COpenSSL
import Runtime
import Testing

/// Goal: what a handshake leaves behind can be let go of, and nothing asks for it later.
/// Method: two sessions of OpenSSL let go of it on both sides, and then do all that a connection may do.
@Suite("What a handshake leaves behind")
struct ForgottenExchangeTests {
    private let authority = TestAuthority()

    /// A session over one end of a socket pair.
    @safe
    private final class End {
        let session: OpaquePointer

        init(_ context: OpaquePointer, descriptor: Int32, isServer: Bool) throws {
            unsafe session = try #require(unsafe SSL_new(context))
            unsafe SSL_set_fd(session, descriptor)
            if isServer {
                unsafe SSL_set_accept_state(session)
            } else {
                unsafe SSL_set_connect_state(session)
            }
        }

        deinit { unsafe SSL_free(session) }

        /// Bytes of the public part of the keys of the exchange, ours and the peer's, that there are.
        var keyByteCounts: [Int] {
            let commands = [SSL_CTRL_GET_TMP_KEY, SSL_CTRL_GET_PEER_TMP_KEY]
            return commands.compactMap { command in
                var key: OpaquePointer?
                guard unsafe SSL_ctrl(session, command, 0, &key) == 1 else { return nil }
                defer { unsafe EVP_PKEY_free(key) }
                var bytes: UnsafeMutablePointer<UInt8>?
                let byteCount = unsafe EVP_PKEY_get1_encoded_public_key(key, &bytes)
                unsafe CRYPTO_free(bytes, #file, #line)
                return byteCount
            }
        }

        var offeredCount: Int32 {
            guard let offered = unsafe SSL_get_client_ciphers(session) else { return 0 }
            return unsafe OPENSSL_sk_num(offered)
        }

        func write(_ text: String) -> Bool {
            let bytes = Array(text.utf8)
            return unsafe SSL_write(session, bytes, Int32(bytes.count)) == bytes.count
        }

        func read() -> String {
            var room = [UInt8](repeating: 0, count: 100)
            let count = unsafe SSL_read(session, &room, Int32(room.count))
            return String(decoding: room.prefix(max(0, Int(count))), as: UTF8.self)
        }
    }

    private func contexts(
        group: String, version: Int32
    ) throws -> (server: OpaquePointer, client: OpaquePointer) {
        let files = authority.issue(.init(names: "DNS:a.example"))
        let server = unsafe try #require(unsafe SSL_CTX_new(TLS_server_method()))
        let client = unsafe try #require(unsafe SSL_CTX_new(TLS_client_method()))
        unsafe SSL_CTX_use_certificate_chain_file(server, files.certificate)
        unsafe SSL_CTX_use_PrivateKey_file(server, files.key, SSL_FILETYPE_PEM)
        unsafe SSL_CTX_ctrl(client, SSL_CTRL_SET_MAX_PROTO_VERSION, Int(version), nil)
        // TLS 1.2 asks for the curve of the certificate as well.
        var groups = Array("\(group):P-256".utf8CString)
        unsafe SSL_CTX_ctrl(client, SSL_CTRL_SET_GROUPS_LIST, 0, &groups)
        return unsafe (server, client)
    }

    @Test(
        "A connection goes on without it, with new keys as well",
        arguments: ["X25519", "X448", "P-384"], [TLS1_2_VERSION, TLS1_3_VERSION])
    func goesOn(group: String, version: Int32) throws {
        let contexts = try unsafe contexts(group: group, version: version)
        defer {
            unsafe SSL_CTX_free(contexts.server)
            unsafe SSL_CTX_free(contexts.client)
        }
        let sockets = SocketPair()
        let client = unsafe try End(contexts.client, descriptor: sockets.first, isServer: false)
        let server = unsafe try End(contexts.server, descriptor: sockets.second, isServer: true)
        for _ in 0..<4 {
            unsafe SSL_do_handshake(client.session)
            unsafe SSL_do_handshake(server.session)
        }
        ERR_clear_error()
        #expect(unsafe SSL_is_init_finished(server.session) == 1)
        #expect(unsafe SSL_version(server.session) == version)
        let isKept = version == TLS1_3_VERSION
        #expect(server.keyByteCounts.contains { $0 > 0 } == isKept)
        #expect(server.offeredCount > 0)

        unsafe copenssl_forget_exchange(client.session)
        unsafe copenssl_forget_exchange(server.session)
        #expect(ERR_peek_error() == 0)
        #expect(client.keyByteCounts.allSatisfy { $0 == 0 })
        #expect(server.keyByteCounts.allSatisfy { $0 == 0 })
        #expect(server.offeredCount == 0)
        ERR_clear_error()

        for round in 0..<3 {
            #expect(client.write("ping \(round)"))
            #expect(server.read() == "ping \(round)")
            #expect(server.write("pong \(round)"))
            #expect(client.read() == "pong \(round)")
            guard version == TLS1_3_VERSION, round < 2 else { continue }
            // Both sides get new keys (RFC 8446, 4.6.3).
            #expect(unsafe SSL_key_update(server.session, SSL_KEY_UPDATE_REQUESTED) == 1)
        }
        #expect(unsafe SSL_shutdown(server.session) == 0)
        #expect(unsafe SSL_shutdown(client.session) >= 0)
    }

    @Test("Sessions that share a certificate's settings outlive the one they were made like")
    func outlivesItsModel() throws {
        let contexts = try unsafe contexts(group: "X25519", version: TLS1_3_VERSION)
        defer { unsafe SSL_CTX_free(contexts.client) }
        let model = unsafe try #require(unsafe SSL_new(contexts.server))
        let shared = unsafe try #require(unsafe copenssl_new_session(model, 1))
        let other = unsafe copenssl_new_session(model, 1)
        unsafe SSL_free(model)
        unsafe SSL_CTX_free(contexts.server)
        unsafe SSL_free(other)
        let sockets = SocketPair()
        unsafe SSL_set_fd(shared, sockets.second)
        unsafe SSL_set_accept_state(shared)
        defer { unsafe SSL_free(shared) }
        let client = unsafe try End(contexts.client, descriptor: sockets.first, isServer: false)
        for _ in 0..<4 {
            unsafe SSL_do_handshake(client.session)
            unsafe SSL_do_handshake(shared)
        }
        #expect(unsafe SSL_is_init_finished(shared) == 1)
        #expect(client.write("ping"))
    }
}
