/// The answer for clients of a service that has failed. The spans live in the table.
package struct FallbackAnswer: ~Escapable {
    package let status: UInt16
    package let contentType: RawSpan
    package let body: RawSpan
    /// Whole field lines.
    package let fieldLines: RawSpan
    /// Value of Retry-After; nil: what the proxy knows of the backends, if the status is 503.
    package let retryAfterSeconds: UInt32?

    @_lifetime(copy contentType, copy body, copy fieldLines)
    init(
        status: UInt16, contentType: RawSpan, body: RawSpan, fieldLines: RawSpan,
        retryAfterSeconds: UInt32?
    ) {
        self.status = status
        self.contentType = contentType
        self.body = body
        self.fieldLines = fieldLines
        self.retryAfterSeconds = retryAfterSeconds
    }
}
