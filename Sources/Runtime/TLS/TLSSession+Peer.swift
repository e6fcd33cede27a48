internal import COpenSSL

/// Who the peer is.
extension TLSSession {
    /// The subject of the certificate that the peer has shown, as RFC 4514 writes it, in visible ASCII:
    /// all else is escaped. Nil without a certificate; empty if that has no subject (its names stand elsewhere).
    ///
    /// Put together when first asked for. The bytes live as long as the session.
    @unsafe var peerSubject: UnsafeRawBufferPointer? {
        // SAFETY: the session is ours, and keeps the text until it ends.
        let known = unsafe OpaquePointer(SSL_get_ex_data(session, Self.subjectIndex))
        guard let text = unsafe known ?? keepSubject() else { return nil }
        var bytes: UnsafeMutablePointer<CChar>?
        let count = unsafe copenssl_bio_bytes(text, &bytes)
        return unsafe UnsafeRawBufferPointer(start: bytes, count: count)
    }

    /// Writes the subject of the peer into a text that ends with the session.
    private func keepSubject() -> OpaquePointer? {
        // SAFETY: the session is ours. The text is new; the index frees it.
        guard let text = unsafe copenssl_peer_subject(session) else { return nil }
        unsafe SSL_set_ex_data(session, Self.subjectIndex, UnsafeMutableRawPointer(text))
        return unsafe text
    }

    /// The place of the subject among what a session carries.
    private static let subjectIndex: Int32 =
        // SAFETY: the callback is given what `keepSubject` stored: a text of its own.
        unsafe copenssl_new_index(CRYPTO_EX_INDEX_SSL) { _, data, _, _, _, _ in
            guard let data = unsafe data else { return }
            unsafe BIO_free(OpaquePointer(data))
        }
}
