/// A listener as one worker sees it under one generation.
package struct WorkerListener: Sendable {
    /// The same through all generations, as long as the socket stays open. Unique in the process.
    package let id: UInt32
    /// Present the first time the worker meets the listener; it keeps it and closes it.
    package let socket: WorkerListenerSocket?
    /// The port that host rules are compared with: from `--listen`, else the one that it is bound
    /// to.
    package let configPort: UInt16
    /// nil: plain.
    package let tls: TLSServerContext?
    /// A PROXY header comes before the first byte of each connection.
    package let acceptsProxyProtocol: Bool
}
