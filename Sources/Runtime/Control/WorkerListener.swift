/// A listener as one worker sees it under one generation.
struct WorkerListener: Sendable {
    /// The same through all generations, as long as the socket stays open. Unique in the process.
    let id: UInt32
    /// Present the first time the worker meets the listener; it keeps it and closes it.
    let socket: WorkerListenerSocket?
    /// The port that host rules are compared with: from `--listen`, else the one that it is bound to.
    let configPort: UInt16
    /// nil: plain.
    let tls: TLSServerContext?
    let acceptsProxyProtocol: Bool
}

/// Carries a ``ListeningSocket`` through a mailbox. Closed when the worker drops it.
final class WorkerListenerSocket: Sendable {
    let socket: ListeningSocket

    init(_ socket: consuming ListeningSocket) { self.socket = socket }
}
