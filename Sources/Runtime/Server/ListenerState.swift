/// A listener that a worker accepts on.
struct ListenerState {
    let id: UInt32
    let socket: WorkerListenerSocket
    /// The port that host rules are compared with.
    var configPort: UInt16
    /// nil: plain.
    var tls: TLSServerContext?
    /// A PROXY header comes before the first byte of each connection.
    var acceptsProxyProtocol: Bool
}
