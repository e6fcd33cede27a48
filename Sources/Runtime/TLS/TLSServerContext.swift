internal import COpenSSL
package import RouteTable

/// How TLS is spoken on one listener: certificates, versions, client certificates.
///
/// Immutable and used by all workers at once. Sessions keep what they need of it alive.
@safe
package final class TLSServerContext: Sendable {
    // SAFETY: OpenSSL counts references to contexts and settings atomically, and locks what a session
    // changes in them; after `init` nothing here changes them.
    nonisolated(unsafe) private let model: OpaquePointer
    /// With several certificates a handshake notes its choice in the settings, so each has its own.
    private let sharesSettings: Bool
    /// The certificates that no client can get.
    package let unusedCertificates: [TLSUnusedCertificate]

    /// Reads the files that the table names.
    ///
    /// - Parameter clientVerifiedSecondsMax: How long a client's certificate is taken for good without being shown.
    /// - Throws: ``TLSConfigurationError`` naming the first file that is missing or wrong.
    package init(
        _ description: ListenerDescription.TLS, ticketKeys: TLSTicketKeys,
        clientVerifiedSecondsMax: Int = TLSTicketTerms.verifiedSecondsMax
    ) throws(TLSConfigurationError) {
        guard let first = description.certificates.first else {
            throw TLSConfigurationError(message: "TLS without a certificate")
        }
        let terms = TLSTicketTerms(
            verifiedSecondsMax: clientVerifiedSecondsMax,
            bindsNames: description.certificates.count > 1)
        // Read once: all its certificates go with the same authorities.
        var authority: TLSFile?
        if description.clientVerification != .none, let path = description.clientAuthority {
            authority = try TLSFile(path, .authority)
        }
        let builder = try TLSContextBuilder(
            server: description, certificate: first, authority: authority, ticketKeys, terms)
        var unused: [TLSUnusedCertificate] = []
        if description.certificates.count > 1 {
            let names = TLSServerNames(default: builder)
            for certificate in description.certificates.dropFirst() {
                let reason = names.add(
                    try TLSContextBuilder(
                        server: description, certificate: certificate, authority: authority,
                        ticketKeys, terms))
                guard let reason else { continue }
                unused.append(TLSUnusedCertificate(path: certificate.certificate, reason: reason))
            }
            names.install(in: builder)
        }
        unusedCertificates = unused
        sharesSettings = description.certificates.count == 1
        // SAFETY: the model is ours, and `deinit` frees it.
        unsafe model = builder.makeModel()
    }

    // SAFETY: the model is ours.
    deinit { unsafe SSL_free(model) }

    /// Starts a session with a client that has connected.
    ///
    /// - Parameters:
    ///   - descriptor: A connected non-blocking socket. It stays the caller's.
    ///   - feed: That of the thread which the session is used on.
    package func makeSession(
        on descriptor: Int32, through feed: borrowing TLSFeed
    ) -> TLSSession {
        // SAFETY: the model lives as long as this object, and the session counts references of its own.
        unsafe TLSSession(
            like: model, sharing: sharesSettings, descriptor: descriptor, isServer: true, feed: feed
        )
    }
}
