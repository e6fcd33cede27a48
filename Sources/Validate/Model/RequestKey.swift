/// A part of a request that a middleware looks at: `header:X`, `cookie:X`, `query:X`, `claim:X` …
package enum RequestKey: Equatable, Sendable {
    /// `client_ip`
    case clientIP
    /// Lower-case name.
    case header(String)
    case cookie(String)
    case query(String)
    /// A claim of the verified token.
    case claim(String)
    /// A part of the path or host that a pattern names.
    case capture(String)
    /// `subprotocol`: an item of Sec-WebSocket-Protocol.
    case subprotocol
}
