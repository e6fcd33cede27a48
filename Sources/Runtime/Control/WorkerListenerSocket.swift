/// Carries a ``ListeningSocket`` through a mailbox. Closed when the worker drops it.
package final class WorkerListenerSocket: Sendable {
    /// Bound and listening.
    package let socket: ListeningSocket

    /// - Parameter socket: Becomes this object's.
    package init(_ socket: consuming ListeningSocket) { self.socket = socket }
}
