package import RouteTable

/// What was parsed of a request head. All ranges refer to the bytes that were given to the parser.
package struct RequestHead: BitwiseCopyable, Equatable, Sendable {
    /// The form of the request target (RFC 9112, 3.2). The authority form is refused.
    package enum TargetForm: UInt8, BitwiseCopyable, Sendable {
        case origin
        case absolute
        /// `*`, for OPTIONS only.
        case asterisk
    }

    /// Yes-or-no facts.
    package struct Flags: OptionSet, BitwiseCopyable, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) { self.rawValue = rawValue }

        /// The target has a `?`, so that an empty query is a query.
        package static let hasQuery = Flags(rawValue: 1)
        /// The client wants the connection to persist after the answer.
        package static let keepAlive = Flags(rawValue: 2)
        /// The client waits for 100 (Continue) before it sends the content.
        package static let expectsContinue = Flags(rawValue: 4)
        /// `Accept` names `text/event-stream`.
        package static let acceptsEventStream = Flags(rawValue: 8)
        /// `Accept` prefers `application/json` or `application/problem+json` to `text/plain`.
        package static let acceptsJSON = Flags(rawValue: 16)
        /// `Connection` names fields, which may also stand in the trailer.
        package static let namesFields = Flags(rawValue: 32)
        /// `TE` names `trailers`.
        package static let acceptsTrailers = Flags(rawValue: 64)
    }

    package var method: Method
    package var version: HTTPVersion
    package var targetForm: TargetForm
    package var flags: Flags
    package var upgrade: UpgradeRequest
    package var framing: RequestFraming

    /// The method token.
    package var methodRange: ByteRange
    /// The whole request target as it came, for the log.
    package var target: ByteRange
    /// The path of the target, without the query. For an absolute target without a path it is a
    /// slash of the scheme's: that is `/`, which such a target means. `*` for the asterisk form.
    package var path: ByteRange
    /// What follows the first `?` of the target.
    package var query: ByteRange
    /// The authority of an absolute target, else the value of Host. Empty only in HTTP/1.0.
    package var host: ByteRange
    /// The value of `Sec-WebSocket-Key`, if ``upgrade`` is ``UpgradeRequest/webSocket``.
    package var webSocketKey: ByteRange
    /// The value of `X-Request-Id`, if there is one that may be kept: one field, not named by
    /// Connection, 1 to 128 bytes of letters, digits and `-._~+/=:@`.
    package var requestID: ByteRange
    /// The value of `traceparent`, if there is one that may be passed on (W3C Trace Context).
    package var traceParent = ByteRange.empty
    /// Number of bytes from the start of the buffer to the end of the empty line.
    package var byteCount: Int

    package var hasQuery: Bool { flags.contains(.hasQuery) }
    package var keepAlive: Bool { flags.contains(.keepAlive) }
    package var expectsContinue: Bool { flags.contains(.expectsContinue) }
    package var acceptsJSON: Bool { flags.contains(.acceptsJSON) }

    /// Whether the server as a whole is asked, not one of its resources: `OPTIONS *`, and OPTIONS of an absolute
    /// target with neither path nor query, which means the same (RFC 9112, 3.2.4).
    package var asksServer: Bool {
        if targetForm == .asterisk { return true }
        // A path before the authority is the slash that stands for none.
        return targetForm == .absolute && method == .options && !hasQuery && path.first < host.first
    }

    /// What the request asks for, as routes distinguish it.
    package var requestProtocol: RequestProtocol {
        if upgrade == .webSocket { return .webSocket }
        return method == .get && flags.contains(.acceptsEventStream) ? .sse : .http
    }

    /// What matching may look at.
    ///
    /// - Parameters:
    ///   - bytes: The bytes that were parsed.
    ///   - fields: The span of the fields that were parsed with them.
    @_lifetime(copy bytes, copy fields)
    package func view(
        of bytes: RawSpan, fields: Span<HeaderField>, listenerPort: UInt16, client: ClientAddress
    ) -> RequestView {
        RequestView(
            head: bytes, fields: fields, method: methodRange, host: host, path: path, query: query,
            listenerPort: listenerPort, requestProtocol: requestProtocol, client: client)
    }
}
