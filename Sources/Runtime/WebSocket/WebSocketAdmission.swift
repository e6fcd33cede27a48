/// What was found and taken for a handshake that goes on.
struct WebSocketAdmission: BitwiseCopyable {
    /// Index of the policy; `.max` if there is none.
    var policy = UInt32.max
    /// The place that was taken.
    var place: StreamPlace?
    /// The middleware whose place it is.
    var middleware = UInt32.max
    /// What the client offers of subprotocols does not pass as it came.
    var filtersSubprotocols = false
}
