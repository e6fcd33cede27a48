internal import Foundation

/// A port of the loopback on which connecting comes to no end: its queue is full, so the kernel drops what comes, and
/// neither takes nor refuses it.
package final class StalledPort: Sendable {
    package let port: UInt16
    private let descriptor: Int32
    /// What fills the queue.
    private let filling: TestConnection

    /// - Parameters:
    ///   - host: The last part of 127.0.0.x.
    ///   - port: 0 for a free one.
    package init(host: UInt8 = 1, port: UInt16 = 0) throws {
        let (number, port) = try ScriptedBackend.listen(host: host, port: port, backlog: 0)
        self.port = port
        descriptor = number
        do {
            filling = try TestConnection(port: port, host: host)
            try Deadline.poll("the queue of port \(port) is full") {
                var state = tcp_info()
                var size = socklen_t(MemoryLayout<tcp_info>.size)
                // SAFETY: the system writes at most the size of the structure.
                let result = unsafe getsockopt(number, Int32(IPPROTO_TCP), TCP_INFO, &state, &size)
                // For a listener these are what waits in its queue, and what may.
                return result == 0 && state.tcpi_unacked > state.tcpi_sacked
            }
        } catch {
            close(number)
            throw error
        }
    }

    /// Takes what fills the queue, and then the next connection that comes.
    package func accept() throws -> TestConnection {
        var accepted = CloseOnExec.accept(descriptor)
        if accepted >= 0 {
            close(accepted)
            accepted = CloseOnExec.accept(descriptor)
        }
        guard accepted >= 0 else { throw TestSupportError("nobody was accepted") }
        return TestConnection(owning: accepted)
    }

    deinit { close(descriptor) }
}
