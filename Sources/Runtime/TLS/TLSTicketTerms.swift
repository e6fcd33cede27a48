internal import COpenSSL

/// Under which terms a listener takes an earlier session up. Tickets are sealed by ``TLSTicketKeys``; this looks
/// at what was in one.
package struct TLSTicketTerms {
    /// The certificate of a client is looked at again after this time, however often its session was resumed, and
    /// when it ends (RFC 8446, 4.6.1). As for backends, ``TLSResumption``.
    package static let verifiedSecondsMax = 3_600

    let verifiedSecondsMax: Int
    /// The listener has certificates for several server names. TLS 1.2 takes no session up under another name
    /// than it was made for (RFC 6066, 3); TLS 1.3 may.
    let bindsNames: Bool

    func install(in context: OpaquePointer) {
        // SAFETY: the callbacks are called with a connection whose handshake goes on, and with what a ticket of
        // ours held. Their argument is these terms as a number and never read through.
        unsafe SSL_CTX_set_session_ticket_cb(
            context,
            { connection, terms in
                // A client of TLS 1.3 does not wait for its ticket: it goes out with the first answer. One of
                // TLS 1.2 waits for what comes with it.
                if unsafe SSL_version(connection) >= TLS1_3_VERSION {
                    unsafe TLSWire.of(copenssl_lowest_bio(connection)).pointee.deferNextWrite()
                }
                let seconds = Int64(unsafe TLSTicketTerms(terms).verifiedSecondsMax)
                return unsafe copenssl_limit_session(connection, seconds)
            },
            { connection, earlier, _, _, status, terms in
                let terms = unsafe TLSTicketTerms(terms)
                guard status == SSL_TICKET_SUCCESS || status == SSL_TICKET_SUCCESS_RENEW,
                    unsafe copenssl_certificate_holds(earlier, Int64(terms.verifiedSecondsMax))
                        == 1,
                    unsafe !terms.bindsNames || SSL_version(connection) >= TLS1_3_VERSION
                        || copenssl_has_name_of(connection, earlier) == 1
                else { return SSL_TICKET_RETURN_IGNORE_RENEW }
                return status == SSL_TICKET_SUCCESS
                    ? SSL_TICKET_RETURN_USE : SSL_TICKET_RETURN_USE_RENEW
            }, UnsafeMutableRawPointer(bitPattern: verifiedSecondsMax << 1 | (bindsNames ? 1 : 0)))
    }
}

extension TLSTicketTerms {
    /// The terms that ``install(in:)`` has written as a number.
    private init(_ number: UnsafeMutableRawPointer?) {
        let bits = Int(bitPattern: number)
        self.init(verifiedSecondsMax: bits >> 1, bindsNames: bits & 1 == 1)
    }
}
