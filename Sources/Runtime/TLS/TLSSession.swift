internal import COpenSSL
internal import Glibc

/// One TLS connection over a socket that somebody else owns.
///
/// One pointer large. Dropping it frees OpenSSL's memory and sends nothing: see ``shutdown()``. It
/// must be dropped before its socket is closed and the descriptor's number given to another
/// connection.
@safe
package struct TLSSession: ~Copyable {
    let session: OpaquePointer

    /// - Parameters:
    ///   - model: A session that was not begun. What this one shares with it stays alive by itself.
    ///   - sharing: Whether the settings of the certificate are shared, and not copied.
    ///   - descriptor: A connected non-blocking socket.
    ///   - feed: That of the thread which the session is used on.
    @unsafe
    init(
        like model: OpaquePointer, sharing: Bool, descriptor: Int32, isServer: Bool,
        feed: borrowing TLSFeed
    ) {
        // SAFETY: the session is ours until `deinit`, and counts its own references to what it shares with
        // the model, which the caller vouches for. It takes over the BIO, which is used for both directions.
        guard let session = unsafe copenssl_new_session(model, sharing ? 1 : 0) else {
            OutOfMemory.stop("a TLS session")
        }
        let bio = unsafe TLSWire.makeBIO(descriptor, feed: feed.state)
        unsafe SSL_set_bio(session, bio, bio)
        unsafe self.session = session
        if isServer {
            unsafe SSL_set_accept_state(session)
        } else {
            unsafe SSL_set_connect_state(session)
        }
    }

    /// Speaks TLS inside another session: to a backend behind a proxy that is itself reached by TLS.
    ///
    /// - Parameters:
    ///   - model: As in the other.
    ///   - outer: Its handshake is done. It ends with this session.
    @unsafe
    init(like model: OpaquePointer, over outer: consuming TLSSession) {
        // SAFETY: the session is ours until `deinit`; it frees the BIO, and that the outer session.
        guard let session = unsafe copenssl_new_session(model, 1),
            let bio = unsafe copenssl_bio_over(outer.take())
        else { OutOfMemory.stop("a TLS session") }
        unsafe SSL_set_bio(session, bio, bio)
        unsafe SSL_set_connect_state(session)
        unsafe self.session = session
    }

    deinit {
        // SAFETY: the session is ours and ends here. Without the marks OpenSSL would never resume one
        // whose connection was closed without a word; after a fatal alert it does not anyway.
        unsafe SSL_set_shutdown(session, SSL_SENT_SHUTDOWN | SSL_RECEIVED_SHUTDOWN)
        unsafe SSL_free(session)
    }

    /// Hands OpenSSL's session over; whoever gets it frees it.
    @unsafe
    private consuming func take() -> OpaquePointer {
        let taken = unsafe session
        discard self
        return unsafe taken
    }

    /// Whether the handshake took up an earlier session.
    package var isResumed: Bool {
        // SAFETY: the session is ours; the call only reads it.
        unsafe copenssl_is_resumed(session) == 1
    }

    /// The protocol version in use, such as `TLSv1.3`.
    package var version: String {
        // SAFETY: the names of versions are constants of OpenSSL.
        unsafe String(cString: SSL_get_version(session))
    }

    /// Begins to take what has arrived, until a call says ``TLSProgress/wantsRead``: after a short
    /// `recv` the socket is not asked again until then, nor in the same turn of the feed's worker.
    ///
    /// - Parameter endSeen: The kernel has announced an end or an error behind the bytes, so a short
    ///   `recv` does not mean that what follows will be announced.
    package mutating func beginReading(endSeen: Bool) {
        // SAFETY: the lowest BIO is one of ours, with a wire behind it, and lives with the session.
        unsafe TLSWire.of(copenssl_lowest_bio(session)).pointee.begin(endSeen: endSeen)
    }

    /// Whether all that has arrived was read, and the kernel will announce what comes: asking once more
    /// would cost a third of a short record.
    package var isDrained: Bool {
        // SAFETY: the session is ours, and the lowest BIO has a wire behind it. Inside another session that
        // one may still hold something.
        let bio = unsafe copenssl_lowest_bio(session)
        return unsafe bio == SSL_get_rbio(session) && SSL_has_pending(session) == 0
            && TLSWire.isEmpty(TLSWire.of(bio))
    }

    /// Continues the handshake.
    ///
    /// - Returns: ``TLSProgress/done``, or why not yet, or why never.
    package mutating func handshake() -> TLSProgress {
        prepare()
        // SAFETY: the session is ours, and belongs to one thread.
        let status = unsafe SSL_do_handshake(session)
        guard status == 1 else { return outcome(of: status) }
        // SAFETY: the session is ours, and nothing of the exchange is asked for later.
        unsafe copenssl_forget_exchange(session)
        return .done
    }

    /// Reads into the room given, at most one record (16 KiB).
    ///
    /// - Returns: ``TLSProgress/moved(byteCount:)`` with at least one byte, or why nothing came.
    package mutating func read(into room: UnsafeMutableRawBufferPointer) -> TLSProgress {
        // SAFETY: OpenSSL writes at most `room.count` bytes into the caller's room, during the
        // call.
        precondition(unsafe !room.isEmpty, "reading into no room looks like nothing to read")
        prepare()
        var byteCount = 0
        let status = unsafe SSL_read_ex(session, room.baseAddress, room.count, &byteCount)
        return status == 1 ? .moved(byteCount: byteCount) : outcome(of: status)
    }

    /// Writes some of `bytes`, at most one record (16 KiB).
    ///
    /// After ``TLSProgress/wantsWrite`` or ``TLSProgress/wantsRead`` the next write must begin with
    /// the same bytes, from whatever place, and bring no fewer: OpenSSL has sealed them already.
    package mutating func write(_ bytes: UnsafeRawBufferPointer) -> TLSProgress {
        // SAFETY: OpenSSL reads at most `bytes.count` of the caller's bytes, during the call.
        precondition(unsafe !bytes.isEmpty, "a write of nothing has no meaning in TLS")
        prepare()
        var byteCount = 0
        let status = unsafe SSL_write_ex(session, bytes.baseAddress, bytes.count, &byteCount)
        return status == 1 ? .moved(byteCount: byteCount) : outcome(of: status)
    }

    /// Announces the end of what we send (close_notify; RFC 8446, 6.1). Reading may go on.
    ///
    /// - Returns: ``TLSProgress/done`` also if there is nothing to end, as before the handshake's
    ///   end.
    package mutating func shutdown() -> TLSProgress {
        // SAFETY: the session is ours, and belongs to one thread.
        guard unsafe SSL_is_init_finished(session) == 1 else { return .done }
        let alreadySent = unsafe SSL_get_shutdown(session) & SSL_SENT_SHUTDOWN != 0
        guard !alreadySent else { return .done }
        prepare()
        let status = unsafe SSL_shutdown(session)
        return status >= 0 ? .done : outcome(of: status)
    }

    /// Sends `name` as SNI and verifies the certificate against it.
    mutating func expect(_ name: TLSPeerName, verifying: Bool) {
        // SAFETY: the name ends with a NUL; OpenSSL copies it.
        if !name.isAddress { _ = unsafe copenssl_set_server_name(session, name.bytes) }
        guard verifying else { return }
        let parameters = unsafe SSL_get0_param(session)
        // A common name is the name of anything; only a subjectAltName says that it is a host's (RFC 9525, 6.3).
        unsafe X509_VERIFY_PARAM_set_hostflags(
            parameters,
            UInt32(X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS | X509_CHECK_FLAG_NEVER_CHECK_SUBJECT))
        let isSet =
            name.isAddress
            ? unsafe X509_VERIFY_PARAM_set1_ip_asc(parameters, name.bytes)
            : unsafe X509_VERIFY_PARAM_set1_host(parameters, name.bytes, 0)
        precondition(isSet == 1, "a name that cannot be verified must not be dialled")
    }

    /// Takes up the last session with an endpoint if there is one, and keeps what comes of this one.
    mutating func resume(from resumption: TLSResumption, now: MonotonicMilliseconds) {
        // SAFETY: the session is ours and its handshake has not begun.
        unsafe resumption.begin(session, now: now)
    }
}

extension TLSSession {
    /// Forgets what earlier calls, of any session of this thread, left behind: `SSL_get_error`
    /// would take it for the outcome of the next call.
    private func prepare() {
        // Clearing an empty queue costs as much as a short record.
        if ERR_peek_error() != 0 { ERR_clear_error() }
        errno = 0
    }

    /// What the failed call means. Must be the first call after it.
    private func outcome(of status: Int32) -> TLSProgress {
        let systemNumber = errno
        // SAFETY: the session is ours; both calls only read it.
        switch unsafe SSL_get_error(session, status) {
        case SSL_ERROR_WANT_READ: return .wantsRead
        case SSL_ERROR_WANT_WRITE: return .wantsWrite
        case SSL_ERROR_ZERO_RETURN: return .endOfStream
        case SSL_ERROR_SYSCALL:
            guard systemNumber == 0 else { return .failed(.socket(systemNumber)) }
            return outcomeOfBroken()
        default:
            // The newest error is what TLS made of the ones below it.
            let error = ERR_peek_last_error()
            let library = copenssl_error_library(error)
            let reason = copenssl_error_reason(error)
            if library == ERR_LIB_SSL, reason == SSL_R_UNEXPECTED_EOF_WHILE_READING {
                return .truncated
            }
            if library == ERR_LIB_SSL, reason == SSL_R_CERTIFICATE_VERIFY_FAILED {
                return .failed(TLSFailure(verification: unsafe SSL_get_verify_result(session)))
            }
            let failure = TLSFailure(library: library, reason: reason)
            return .failed(isRefusedHandshake(failure) ? .renegotiation : failure)
        }
    }

    /// Whether an alert is about a handshake that the peer wanted behind the one that is done: nothing else can be
    /// meant by it then. In TLS 1.3 it may still be about our certificate.
    private func isRefusedHandshake(_ failure: TLSFailure) -> Bool {
        // SAFETY: the session is ours; both calls only read it.
        unsafe failure == .alert(UInt8(SSL_AD_HANDSHAKE_FAILURE))
            && SSL_version(session) <= TLS1_2_VERSION && SSL_get_state(session) == TLS_ST_OK
    }

    /// What is known of a session whose peer has ended without a word, or that broke in an earlier call: OpenSSL
    /// doesn't say that twice.
    private func outcomeOfBroken() -> TLSProgress {
        // SAFETY: the session is ours; the calls only read it. The lowest BIO is one of ours, with a wire behind it,
        // and lives with the session.
        if unsafe SSL_get_shutdown(session) & SSL_RECEIVED_SHUTDOWN != 0 {
            return .failed(.alert(TLSFailure.unknownAlert))
        }
        let bio = unsafe copenssl_lowest_bio(session)
        // Inside another session the end may be that one's.
        let mayHaveEnded =
            unsafe bio != SSL_get_rbio(session) || TLSWire.of(bio).pointee.isEnded
        return mayHaveEnded ? .truncated : .failed(.protocolError)
    }
}
