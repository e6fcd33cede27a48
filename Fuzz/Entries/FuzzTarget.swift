internal import Runtime

/// What can be fed arbitrary bytes. The raw value names the target's folders of corpus and findings.
package enum FuzzTarget: String, CaseIterable, Sendable {
    /// A configuration file: reading and validating it ends, and what is valid is compiled to a table
    /// that loads.
    case configuration
    /// A table file, as it is and with its checksums repaired.
    case table
    /// The head of a request: read, split into pieces, and written again.
    case httpRequest = "http-request"
    /// The head of a response: read, split into pieces, and written again.
    case httpResponse = "http-response"
    /// A chunked content, whole and in pieces.
    case chunked
    /// Messages one behind the other with their contents, whole and in pieces.
    case httpStream = "http-stream"
    /// The header of the PROXY protocol, whole and in pieces.
    case proxyHeader = "proxy-header"
    /// What a proxy on the way says, whole and in pieces: the first byte chooses between SOCKS5 and
    /// CONNECT.
    case proxyDialogue = "proxy-dialogue"
    /// A stream of server-sent events, whole and in pieces.
    case eventStream = "event-stream"
    /// Frames of a WebSocket, whole and in pieces.
    case frames
    /// A token, and its claims.
    case token
    /// The head of a request, matched against a table that has something of everything.
    case match

    /// Longest input that is worth trying, in bytes.
    package var inputBytesMax: Int {
        switch self {
        case .configuration, .httpRequest, .httpResponse, .chunked, .match,
            .httpStream, .proxyHeader, .proxyDialogue, .eventStream, .frames, .token:
            8 * 1024
        case .table: 32 * 1024
        }
    }

    /// Feeds `bytes` to the target.
    ///
    /// - Returns: The property that does not hold for them, or `nil`. A trap is a finding too.
    package func violation(_ bytes: [UInt8]) -> String? {
        switch self {
        case .configuration: return ConfigurationEntry.violation(bytes)
        case .table: return TableEntry.violation(bytes)
        case .httpRequest: return Self.sentence(HTTPFuzz.requestViolation, bytes)
        case .httpResponse: return Self.sentence(HTTPFuzz.responseViolation, bytes)
        case .chunked: return Self.sentence(HTTPFuzz.chunkViolation, bytes)
        case .httpStream: return Self.sentence(HTTPFuzz.streamViolation, bytes)
        case .proxyHeader: return Self.sentence(HTTPFuzz.proxyHeaderViolation, bytes)
        case .proxyDialogue: return Self.sentence(ProxyDialogueFuzz.violation, bytes)
        case .eventStream: return Self.sentence(EventStreamFuzz.violation, bytes)
        case .frames: return Self.sentence(FrameFuzz.violation, bytes)
        case .token: return Self.sentence(TokenFuzz.violation, bytes)
        case .match: return MatchEntry.violation(bytes)
        }
    }

    private static func sentence(
        _ property: (RawSpan) -> StaticString?, _ bytes: [UInt8]
    ) -> String? {
        let span = bytes.span
        // SAFETY: the view is of bytes, which have no padding, and is used while the array lives.
        return unsafe property(span.bytes).map { "\($0)" }
    }
}
