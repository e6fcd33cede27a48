internal import COpenSSL

/// The last session with one endpoint, to be taken up by the next connection (RFC 8446, 2.2).
///
/// Belongs to a worker. An object because OpenSSL must find it from a session, at whatever time the
/// endpoint sends a ticket. Holds one session, and only for one context and one name: what was
/// verified under other terms is never resumed.
@safe
package final class TLSResumption {
    /// A certificate is looked at again after this time, however often its session was resumed.
    package static let verifiedMillisecondsMax: UInt64 = 3_600 * 1_000

    private var session: OpaquePointer?
    /// When the certificate behind ``session`` was verified.
    private var verified: MonotonicMilliseconds = 0
    /// When the last connection began.
    private var begun: MonotonicMilliseconds = 0

    package init() {}

    // SAFETY: the session is ours.
    deinit { unsafe SSL_SESSION_free(session) }

    /// Forgets the session: the endpoint did not get on with it.
    func forget() {
        // SAFETY: the session is ours; nobody else has it.
        unsafe SSL_SESSION_free(session)
        unsafe session = nil
    }

    /// Offers the session that is kept to the endpoint, and keeps what comes of the connection.
    func begin(_ connection: OpaquePointer, now: MonotonicMilliseconds) {
        begun = now
        if now >= verified + Self.verifiedMillisecondsMax { forget() }
        // OpenSSL resumes a session of TLS 1.3 only once. Between an endpoint and its proxy there is nobody
        // who must not see that two connections belong together, so a copy is offered each time.
        // SAFETY: the connection counts its own reference to a session that it is given. This object
        // is retained here and released by the callback of the index when the connection ends.
        if unsafe session != nil, let offered = unsafe SSL_SESSION_dup(session) {
            unsafe SSL_set_session(connection, offered)
            unsafe SSL_SESSION_free(offered)
        }
        let keeper = unsafe Unmanaged.passRetained(self).toOpaque()
        unsafe SSL_set_ex_data(connection, Self.index, keeper)
    }

    /// Has the connections of a context hand over what they could resume.
    static func install(in context: OpaquePointer) {
        // SAFETY: OpenSSL calls with a connection of this context and a session that is the callee's
        // if it returns 1.
        unsafe copenssl_ctx_set_session_cache_mode(
            context, Int(SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL))
        unsafe SSL_CTX_sess_set_new_cb(context) { connection, session in
            guard let keeper = unsafe SSL_get_ex_data(connection, TLSResumption.index) else {
                return 0
            }
            let owner = unsafe Unmanaged<TLSResumption>.fromOpaque(keeper).takeUnretainedValue()
            unsafe owner.keep(session, isResumed: copenssl_is_resumed(connection) == 1)
            return 1
        }
    }

    private func keep(_ new: OpaquePointer?, isResumed: Bool) {
        // SAFETY: the new session was handed over, the old one was ours.
        unsafe SSL_SESSION_free(session)
        unsafe session = new
        if !isResumed { verified = begun }
    }

    /// The place of this object among what a connection carries.
    private static let index: Int32 =
        // SAFETY: the callback is given what `begin` stored: an object that it has retained.
        unsafe copenssl_new_index(CRYPTO_EX_INDEX_SSL) { _, data, _, _, _, _ in
            guard let data = unsafe data else { return }
            unsafe Unmanaged<TLSResumption>.fromOpaque(data).release()
        }
}
