import COpenSSL
import Runtime

/// A TLS client that does not behave as ours would: other versions, other protocols, kept sessions.
@safe
final class ForeignClient {
    private let context: OpaquePointer
    private var kept: OpaquePointer?

    init() {
        guard let context = unsafe SSL_CTX_new(TLS_client_method()) else {
            preconditionFailure("out of memory")
        }
        unsafe self.context = context
    }

    deinit {
        unsafe SSL_SESSION_free(kept)
        unsafe SSL_CTX_free(context)
    }

    func limitVersion(to version: Int32) {
        unsafe SSL_CTX_ctrl(context, SSL_CTRL_SET_MAX_PROTO_VERSION, Int(version), nil)
    }

    /// Shows a certificate to servers that ask for one.
    func show(_ files: TestAuthority.Files) {
        unsafe SSL_CTX_use_certificate_file(context, files.certificate, SSL_FILETYPE_PEM)
        unsafe SSL_CTX_use_PrivateKey_file(context, files.key, SSL_FILETYPE_PEM)
    }

    /// Offers application protocols, in the form of RFC 7301, 3.1.
    func offer(_ protocols: [String]) {
        let list = protocols.flatMap { [UInt8($0.utf8.count)] + Array($0.utf8) }
        _ = unsafe SSL_CTX_set_alpn_protos(context, list, UInt32(list.count))
    }

    /// Shakes hands with a server, tries to resume the session kept from the last time, keeps the
    /// new one.
    ///
    /// - Parameter name: The server name that is asked for.
    /// - Returns: How the server fared, whether it resumed, and the protocol that was chosen.
    func meet(
        _ server: TLSServerContext, name: String? = nil
    ) -> (end: TLSProgress, isResumed: Bool, chosen: String) {
        let sockets = SocketPair()
        let feed = TLSFeed()
        var serverSession = server.makeSession(on: sockets.second, through: feed)
        guard let session = unsafe SSL_new(context) else { preconditionFailure("out of memory") }
        defer { unsafe SSL_free(session) }
        unsafe SSL_set_fd(session, sockets.first)
        unsafe SSL_set_connect_state(session)
        if let name { _ = unsafe copenssl_set_server_name(session, name) }
        if let kept = unsafe kept { unsafe SSL_set_session(session, kept) }
        var end = TLSProgress.wantsRead
        for _ in 0..<8 {
            ERR_clear_error()
            unsafe SSL_do_handshake(session)
            if end.isWaiting { end = serverSession.shakeHands() }
        }
        guard end == .done else { return (end, false, "") }
        // The ticket comes behind the handshake.
        _ = serverSession.write([1])
        var byte: UInt8 = 0
        unsafe SSL_read(session, &byte, 1)
        unsafe SSL_SESSION_free(kept)
        unsafe kept = SSL_get1_session(session)
        var chosen: UnsafePointer<UInt8>?
        var chosenCount: UInt32 = 0
        unsafe SSL_get0_alpn_selected(session, &chosen, &chosenCount)
        let bytes = unsafe UnsafeBufferPointer(start: chosen, count: Int(chosenCount))
        let text = unsafe String(decoding: bytes, as: UTF8.self)
        // OpenSSL would not resume a session whose connection did not end well.
        unsafe SSL_set_shutdown(session, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN)
        return (end, serverSession.isResumed, text)
    }
}
