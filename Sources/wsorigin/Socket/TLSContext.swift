internal import COpenSSL

/// A certificate and its key, ready to accept connections.
@safe
struct TLSContext: ~Copyable {
    /// Why the files are of no use.
    struct Failure: Error, Equatable {
        let message: String
    }

    private let context: OpaquePointer

    /// - Parameters:
    ///   - certificatePath: PEM file, the server's certificate first.
    ///   - keyPath: PEM file.
    init(certificatePath: String, keyPath: String) throws(Failure) {
        // SAFETY: plain allocation; freed in `deinit`, or here when the files are of no use.
        guard let context = unsafe SSL_CTX_new(TLS_server_method()) else {
            fatalError("a TLS context cannot be had")
        }
        unsafe self.context = context
        ERR_clear_error()
        guard unsafe SSL_CTX_use_certificate_chain_file(context, certificatePath) == 1 else {
            throw Failure(message: "certificate \(certificatePath): \(Self.lastError())")
        }
        guard unsafe SSL_CTX_use_PrivateKey_file(context, keyPath, SSL_FILETYPE_PEM) == 1,
            unsafe SSL_CTX_check_private_key(context) == 1
        else {
            throw Failure(message: "key \(keyPath): \(Self.lastError())")
        }
        // SSL_CTX_set_min_proto_version and SSL_CTX_set_mode are macros of this call.
        _ = unsafe SSL_CTX_ctrl(context, SSL_CTRL_SET_MIN_PROTO_VERSION, Int(TLS1_2_VERSION), nil)
        let mode = Int(SSL_MODE_ENABLE_PARTIAL_WRITE) | Int(SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER)
        _ = unsafe SSL_CTX_ctrl(context, SSL_CTRL_MODE, mode, nil)
    }

    deinit { unsafe SSL_CTX_free(context) }

    /// The server's side of TLS on an accepted socket.
    borrowing func accept(_ descriptor: consuming Descriptor) -> TLSStream {
        // SAFETY: the session holds its own reference to the context.
        guard let session = unsafe SSL_new(context) else { fatalError("out of memory for TLS") }
        unsafe SSL_set_fd(session, descriptor.number)
        unsafe SSL_set_accept_state(session)
        return unsafe TLSStream(session: session, descriptor: descriptor)
    }

    private static func lastError() -> String {
        let code = ERR_peek_last_error()
        // SAFETY: a static string of OpenSSL.
        guard let reason = unsafe ERR_reason_error_string(code) else { return "not readable" }
        return unsafe String(cString: reason)
    }
}
