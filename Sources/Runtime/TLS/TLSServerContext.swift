internal import COpenSSL
package import RouteTable

/// How TLS is spoken on one listener: certificates, versions, client certificates.
///
/// Immutable and used by all workers at once. Sessions keep what they need of it alive.
@safe
package final class TLSServerContext: Sendable {
    // SAFETY: OpenSSL counts references to contexts atomically, and locks what a session changes in
    // them; after `init` nothing here changes them.
    nonisolated(unsafe) private let context: OpaquePointer
    /// A session that nobody speaks through: all others share its settings of the certificate.
    nonisolated(unsafe) private let model: OpaquePointer

    /// Reads the files that the table names.
    ///
    /// - Throws: ``TLSConfigurationError`` naming the first file that is missing or wrong.
    package init(
        _ description: ListenerDescription.TLS, ticketKeys: TLSTicketKeys
    ) throws(TLSConfigurationError) {
        guard let first = description.certificates.first else {
            throw TLSConfigurationError(message: "TLS without a certificate")
        }
        let builder = try TLSContextBuilder(server: description, certificate: first, ticketKeys)
        if description.certificates.count > 1 {
            let names = TLSServerNames(default: builder)
            for certificate in description.certificates.dropFirst() {
                names.add(
                    try TLSContextBuilder(server: description, certificate: certificate, ticketKeys)
                )
            }
            names.install(in: builder)
        }
        // SAFETY: the builder lets go of its reference, which `deinit` frees.
        unsafe context = builder.takeContext()
        guard let model = unsafe SSL_new(context) else {
            fatalError("out of memory while making a TLS context")
        }
        unsafe self.model = model
    }

    deinit {
        unsafe SSL_free(model)
        unsafe SSL_CTX_free(context)
    }

    /// Starts a session with a client that has connected.
    ///
    /// - Parameters:
    ///   - descriptor: A connected non-blocking socket. It stays the caller's.
    ///   - feed: That of the thread which the session is used on.
    package func makeSession(
        on descriptor: Int32, through feed: borrowing TLSFeed
    ) -> TLSSession {
        // SAFETY: the context lives as long as this object, and the session counts a reference of
        // its own.
        let session = unsafe TLSSession(
            context: context, descriptor: descriptor, isServer: true, feed: feed)
        unsafe session.shareCertificate(with: model)
        return session
    }
}
