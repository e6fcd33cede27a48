/// What one text of an `auth` middleware is.
public enum AuthItemKind: UInt8, Sendable {
    /// Of `audience`.
    case audience = 1
    /// Of `roles`.
    case role
    /// Of `token_from`: the name of a header, lower-case.
    case header
    /// Of `token_from`: the name of a cookie.
    case cookie
    /// Of `token_from`: the name of a parameter of the query.
    case query
    /// Of `token_from`: Sec-WebSocket-Protocol. The text is empty.
    case subprotocol
    /// Of `forward_auth.headers`: a name, lower-case.
    case copiedHeader
}
