/// What a request head is rewritten with: what this proxy knows and the client's bytes do not say.
///
/// Borrows the bytes that it is made of.
package struct ForwardContext: ~Escapable {
    /// How the request reached this proxy. A WebSocket counts as the scheme it was upgraded from.
    package enum Scheme: UInt8, BitwiseCopyable, Sendable {
        case http
        case https
    }

    /// Yes-or-no choices.
    package struct Options: OptionSet, BitwiseCopyable, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) { self.rawValue = rawValue }

        /// The client is one of `trusted_proxies`: what it says of the client behind it is kept.
        package static let clientIsTrusted = Options(rawValue: 1)
        /// This proxy answers 100 (Continue) itself, so `Expect` is not passed on.
        package static let answersContinue = Options(rawValue: 2)
        /// The upstream is asked to close its connection after the answer.
        package static let closesUpstream = Options(rawValue: 4)
        /// The subprotocols that are offered are among ``additionalFields``, not those of the client.
        package static let replacesSubprotocols = Options(rawValue: 8)
        /// The client has shown a certificate, which may have no subject.
        package static let clientHasCertificate = Options(rawValue: 16)
    }

    /// The client's address as text, IPv6 without brackets. Empty if it has none (a Unix socket).
    package let clientAddress: RawSpan
    /// The value of Host for the upstream. Empty: what the client sent.
    package let hostOverride: RawSpan
    /// The identifier for a request that brings none of its own.
    package let requestID: RawSpan
    /// The trace of a request that belongs to none; empty: there is none.
    package let traceParent: RawSpan
    /// Complete field lines that are added as they are, each with its CR LF. May be empty.
    package let additionalFields: RawSpan
    /// The subject of the client's certificate, printable. Empty if it has shown none, or one without.
    package let clientSubject: RawSpan
    /// Kinds of fields about the client that ``additionalFields`` states, or that shall not be stated.
    let stated: UInt64
    package let scheme: Scheme
    package let options: Options

    @_lifetime(
        copy clientAddress, copy hostOverride, copy requestID, copy traceParent,
        copy additionalFields, copy clientSubject)
    package init(
        clientAddress: RawSpan,
        hostOverride: RawSpan,
        requestID: RawSpan,
        traceParent: RawSpan = RawSpan(),
        additionalFields: RawSpan,
        clientSubject: RawSpan = RawSpan(),
        stated: UInt64 = 0,
        scheme: Scheme,
        options: Options
    ) {
        self.clientAddress = clientAddress
        self.hostOverride = hostOverride
        self.requestID = requestID
        self.traceParent = traceParent
        self.additionalFields = additionalFields
        self.clientSubject = clientSubject
        self.stated = stated
        self.scheme = scheme
        self.options = options
    }

    /// The same with the certificate that the client has shown.
    ///
    /// - Parameter subject: Lives as long as all the other bytes; nil if it has shown none.
    @unsafe
    @_lifetime(copy self)
    package func showing(_ subject: UnsafeRawBufferPointer?) -> ForwardContext {
        guard let subject = unsafe subject else { return self }
        // SAFETY: bytes are plain data; the caller keeps them alive.
        let bytes = unsafe _overrideLifetime(RawSpan(_unsafeBytes: subject), copying: self)
        return ForwardContext(
            clientAddress: clientAddress, hostOverride: hostOverride, requestID: requestID,
            traceParent: traceParent, additionalFields: additionalFields, clientSubject: bytes,
            stated: stated, scheme: scheme, options: options.union(.clientHasCertificate))
    }

    /// The same with other field lines to add.
    @_lifetime(copy self, copy lines)
    package func adding(_ lines: RawSpan) -> ForwardContext {
        ForwardContext(
            clientAddress: clientAddress, hostOverride: hostOverride, requestID: requestID,
            traceParent: traceParent, additionalFields: lines, clientSubject: clientSubject,
            stated: stated, scheme: scheme,
            options: options)
    }
}
