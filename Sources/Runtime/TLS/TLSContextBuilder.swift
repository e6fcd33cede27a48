internal import COpenSSL
internal import RouteTable

/// Sets up one `SSL_CTX`. Frees it unless it is taken.
@safe
struct TLSContextBuilder: ~Copyable {
    /// Forward secrecy and authenticated encryption only, for TLS 1.2; TLS 1.3 has no others.
    private static let ciphers = "ECDHE+AESGCM:ECDHE+CHACHA20"
    /// For TLS 1.3. Where both sides have AES in hardware, 128 bits with SHA-256 take a fifth less of a
    /// handshake and a quarter less of a record than 256 with SHA-384, and are as far out of reach.
    private static let suites =
        "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256"
    /// The one protocol that is spoken, as ALPN writes a list (RFC 7301, 3.1).
    private static let applicationProtocols = [UInt8]([8]) + Array("http/1.1".utf8)

    let context: OpaquePointer
    private var isTaken = false

    private init(isServer: Bool, requiresTLS13: Bool) {
        // SAFETY: the methods are constants of OpenSSL; the context is ours until it is taken or
        // freed in `deinit`. OpenSSL copies the text that it is given.
        let method = isServer ? unsafe TLS_server_method() : unsafe TLS_client_method()
        guard let context = unsafe SSL_CTX_new(method) else {
            OutOfMemory.stop("a TLS context")
        }
        unsafe self.context = context
        unsafe copenssl_ctx_set_house_options(context)
        let version = requiresTLS13 ? TLS1_3_VERSION : TLS1_2_VERSION
        let isSet =
            unsafe copenssl_ctx_set_min_version(context, version) == 1
            && SSL_CTX_set_cipher_list(context, Self.ciphers) == 1
            && SSL_CTX_set_ciphersuites(context, Self.suites) == 1
        precondition(isSet, "OpenSSL lacks the versions or ciphers that it is built for")
        // Tickets hold the state; a cache would only cost memory.
        unsafe copenssl_ctx_set_session_cache_mode(context, Int(SSL_SESS_CACHE_OFF))
    }

    deinit {
        // SAFETY: nobody has taken the context, so its one reference is still ours.
        if !isTaken { unsafe SSL_CTX_free(context) }
    }

    consuming func takeContext() -> OpaquePointer {
        isTaken = true
        return unsafe context
    }

    /// A session that nobody speaks through, for others to be made like it. It holds the context.
    ///
    /// Its settings of the certificate are those of the context by now. Those made like it may share them
    /// on any thread if there is one certificate: then a handshake changes nothing in them.
    func makeModel() -> OpaquePointer {
        // SAFETY: the context is ours; the session counts a reference of its own.
        guard let model = unsafe SSL_new(context) else {
            OutOfMemory.stop("a TLS context")
        }
        return unsafe model
    }
}

extension TLSContextBuilder {
    /// For a listener, with one of its certificates.
    ///
    /// - Parameter authority: That of its clients.
    init(
        server description: ListenerDescription.TLS,
        certificate: ListenerDescription.Certificate, authority: TLSFile?,
        _ ticketKeys: TLSTicketKeys, _ terms: TLSTicketTerms
    ) throws(TLSConfigurationError) {
        self.init(isServer: true, requiresTLS13: description.requiresTLS13)
        try use(certificate: certificate.certificate, key: certificate.key)
        try verifyClients(description, authority)
        // SAFETY: the context is ours, and is new.
        unsafe ticketKeys.install(in: context)
        unsafe terms.install(in: context)
        unsafe SSL_CTX_set_num_tickets(context, 1)
        unsafe SSL_CTX_set_alpn_select_cb(
            context,
            { _, chosen, chosenByteCount, offered, offeredByteCount, _ in
                unsafe TLSContextBuilder.choose(chosen, chosenByteCount, offered, offeredByteCount)
            }, nil)
    }

    /// For the endpoints of a service.
    init(client description: ServiceDescription.TLS) throws(TLSConfigurationError) {
        self.init(isServer: false, requiresTLS13: description.requiresTLS13)
        if let certificate = description.certificate {
            // A file may hold both.
            try use(certificate: certificate, key: description.key ?? certificate)
        }
        let list = Self.applicationProtocols
        // SAFETY: OpenSSL copies the list. Of all its calls this one says success with 0.
        _ = unsafe SSL_CTX_set_alpn_protos(context, list, UInt32(list.count))
        unsafe TLSResumption.install(in: context)
        if description.skipsVerification {
            unsafe SSL_CTX_set_verify(context, SSL_VERIFY_NONE, nil)
            return
        }
        unsafe SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nil)
        if let authority = description.authority {
            try trust(TLSFile(authority, .authority), tellsClients: false)
        } else {
            unsafe SSL_CTX_set_default_verify_paths(context)
        }
    }

    private borrowing func use(certificate: String, key: String) throws(TLSConfigurationError) {
        let chainFile = try TLSFile(certificate, .certificate)
        var keyFile = try TLSFile(key, .key)
        defer { keyFile.wipe() }
        var wasAsked: Int32 = 0
        ERR_clear_error()
        // SAFETY: the context is ours; the calls read as many bytes as they are told of.
        guard
            unsafe copenssl_ctx_use_chain(
                context, chainFile.bytes, chainFile.byteCount, &wasAsked) == 1
        else { throw chainFile.failure(wasAsked: wasAsked != 0) }
        ERR_clear_error()
        guard
            unsafe copenssl_ctx_use_key(context, keyFile.bytes, keyFile.byteCount, &wasAsked) == 1
        else {
            if copenssl_error_library(ERR_peek_last_error()) == ERR_LIB_X509 {
                throw Self.mismatch(certificate, key)
            }
            throw keyFile.failure(wasAsked: wasAsked != 0)
        }
        guard unsafe SSL_CTX_check_private_key(context) == 1 else {
            throw Self.mismatch(certificate, key)
        }
    }

    private borrowing func verifyClients(
        _ description: ListenerDescription.TLS, _ authority: TLSFile?
    ) throws(TLSConfigurationError) {
        // A session made under one policy must not be resumed under another (OpenSSL compares this), nor one of a
        // client whose authority is trusted no more. Tickets outlive reloads, and the file may be a new one.
        var policy = Array("\(description)".utf8) + [0] + (authority?.bytes ?? [])
        var digest = [UInt8](repeating: 0, count: Int(SHA256_DIGEST_LENGTH))
        // SAFETY: the digest has the length that SHA-256 needs; the policy is as long as it is
        // told.
        unsafe SHA256(&policy, policy.count, &digest)
        unsafe SSL_CTX_set_session_id_context(context, digest, UInt32(digest.count))
        guard description.clientVerification != .none else { return }
        guard let authority else {
            throw TLSConfigurationError(message: "client certificates without a client authority")
        }
        try trust(authority, tellsClients: true)
        let isRequired = description.clientVerification == .require
        unsafe SSL_CTX_set_verify(
            context,
            SSL_VERIFY_PEER | (isRequired ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0), nil)
    }

    /// - Parameter tellsClients: Clients are told which authorities are trusted, so that they can choose.
    private borrowing func trust(
        _ authority: TLSFile, tellsClients: Bool
    ) throws(TLSConfigurationError) {
        var wasAsked: Int32 = 0
        ERR_clear_error()
        // SAFETY: the context is ours; the call reads as many bytes as it is told of.
        let isTrusted = unsafe copenssl_ctx_trust(
            context, authority.bytes, authority.byteCount, tellsClients ? 1 : 0, &wasAsked)
        guard isTrusted == 1 else { throw authority.failure(wasAsked: wasAsked != 0) }
    }

    private static func mismatch(_ certificate: String, _ key: String) -> TLSConfigurationError {
        TLSConfigurationError(
            message: "key \(key): does not fit the certificate \(certificate)")
    }

    /// Picks `http/1.1` if it is among what the client offers; no other overlap is possible.
    private static func choose(
        _ chosen: UnsafeMutablePointer<UnsafePointer<UInt8>?>?,
        _ chosenByteCount: UnsafeMutablePointer<UInt8>?,
        _ offered: UnsafePointer<UInt8>?,
        _ offeredByteCount: UInt32
    ) -> Int32 {
        // SAFETY: OpenSSL has checked that the list is well formed; it lives through the callback,
        // and what is chosen points into it, as OpenSSL wants it.
        let list = unsafe UnsafeBufferPointer(start: offered, count: Int(offeredByteCount))
        var start = 0
        while start < list.count {
            let end = unsafe start + 1 + Int(list[start])
            guard end <= list.count else { break }
            if unsafe list[start..<end].elementsEqual(applicationProtocols) {
                unsafe chosen?.pointee = offered.map { unsafe $0 + start + 1 }
                unsafe chosenByteCount?.pointee = list[start]
                return SSL_TLSEXT_ERR_OK
            }
            start = end
        }
        return SSL_TLSEXT_ERR_ALERT_FATAL
    }
}
