internal import COpenSSL
package import RouteTable

/// How TLS is spoken to the endpoints of a service: authorities, versions, client certificate.
///
/// Immutable and used by all workers at once. Sessions keep what they need of it alive.
@safe
package final class TLSClientContext: Sendable {
    // SAFETY: OpenSSL counts references to contexts and settings atomically, and locks what a session
    // changes in them; after `init` nothing here changes them.
    nonisolated(unsafe) private let model: OpaquePointer
    private let verifies: Bool

    /// Reads the files that the table names. Without an authority the system's roots are trusted.
    ///
    /// - Throws: ``TLSConfigurationError`` naming the first file that is missing or wrong.
    package init(_ description: ServiceDescription.TLS) throws(TLSConfigurationError) {
        let builder = try TLSContextBuilder(client: description)
        // SAFETY: the model is ours, and `deinit` frees it.
        unsafe model = builder.makeModel()
        verifies = !description.skipsVerification
    }

    // SAFETY: the model is ours.
    deinit { unsafe SSL_free(model) }

    /// Starts a session with an upstream.
    ///
    /// - Parameters:
    ///   - descriptor: A connected non-blocking socket. It stays the caller's.
    ///   - feed: That of the thread which the session is used on.
    ///   - name: Sent as SNI unless it is an address, and verified against the certificate.
    ///   - resumption: Where the last session with this endpoint is kept, and the next one will be.
    ///   - now: Monotonic milliseconds.
    package func makeSession(
        on descriptor: Int32, to name: TLSPeerName, through feed: borrowing TLSFeed,
        resuming resumption: TLSResumption? = nil, now: UInt64 = 0
    ) -> TLSSession {
        // SAFETY: the model lives as long as this object, and the session counts references of its own.
        var session = unsafe TLSSession(
            like: model, sharing: true, descriptor: descriptor, isServer: false, feed: feed)
        session.expect(name, verifying: verifies)
        if let resumption { session.resume(from: resumption, now: now) }
        return session
    }

    /// Starts a session with a backend inside one with the proxy on the way.
    func makeSession(
        over outer: consuming TLSSession, to name: TLSPeerName, resuming resumption: TLSResumption?,
        now: MonotonicMilliseconds
    ) -> TLSSession {
        // SAFETY: as in ``makeSession(on:to:)``.
        var session = unsafe TLSSession(like: model, over: outer)
        session.expect(name, verifying: verifies)
        if let resumption { session.resume(from: resumption, now: now) }
        return session
    }
}
