internal import Foundation

/// A backend that does what a test says with each connection, to the byte.
///
/// The script runs on a thread for each connection. What it throws is kept for ``failures``; the connection ends
/// with the script.
package final class ScriptedBackend: Sendable {
    /// The port on its address.
    package let port: UInt16
    private let descriptor: Int32
    private let log: ScriptLog

    /// - Parameters:
    ///   - host: The last part of 127.0.0.x.
    ///   - script: What is done with each connection.
    package init(
        host: UInt8 = 1, _ script: @escaping @Sendable (TestConnection) throws -> Void
    ) throws {
        let (number, port) = try Self.listen(host: host)
        let log = ScriptLog()
        descriptor = number
        self.port = port
        self.log = log
        Thread.detachNewThread {
            while true {
                let accepted = CloseOnExec.accept(number)
                if accepted < 0, errno == EINTR || errno == ECONNABORTED { continue }
                guard accepted >= 0 else { break }
                log.connected()
                // Who waits for the test waits longer than the test does for anything.
                let connection = TestConnection(
                    owning: accepted, seconds: 5 * Deadline.usualSeconds)
                Thread.detachNewThread {
                    do { try script(connection) } catch { log.failed(error) }
                    connection.end()
                    log.ended()
                }
            }
            close(number)
        }
    }

    /// A backend that gives the same answer to every request without content, on connections that it keeps.
    package convenience init(answering answer: String) throws {
        try self.init { peer in
            while !(try peer.isAtEnd()) {
                _ = try peer.readHead()
                try peer.send(answer)
            }
        }
    }

    /// Ends the wait in `accept`; connections live on until their scripts end.
    deinit { _ = shutdown(descriptor, Int32(SHUT_RDWR)) }

    /// Connections so far.
    package var connectionCount: Int { log.connectionCount }

    /// Scripts that have ended so far.
    package var endedCount: Int { log.endedCount }

    /// What the scripts have thrown so far.
    package var failures: [String] { log.failures }

    /// A port of 127.0.0.1 that refuses to be connected to until somebody who sets `SO_REUSEADDR` listens there, as
    /// servers do. For as long as the tests run nobody gets it who asks for a free one: it is bound, without listening.
    package static func refusingPort() throws -> UInt16 { try bound(isReserved: true).port }

    static func listen(
        host: UInt8 = 1, port: UInt16 = 0, backlog: Int32 = 512
    ) throws -> (descriptor: Int32, port: UInt16) {
        let socket = try bound(host: host, port: port, isReserved: port != 0)
        guard Foundation.listen(socket.descriptor, backlog) == 0 else {
            close(socket.descriptor)
            throw TestSupportError("cannot listen on 127.0.0.\(host)")
        }
        return socket
    }

    /// - Parameter isReserved: Others who want this very port may bind it too.
    private static func bound(
        host: UInt8 = 1, port: UInt16 = 0, isReserved: Bool
    ) throws -> (descriptor: Int32, port: UInt16) {
        let number = socket(AF_INET, CloseOnExec.stream, 0)
        guard number >= 0 else { throw TestSupportError("no socket can be made") }
        if isReserved {
            var isOn: Int32 = 1
            // SAFETY: the option is an `Int32` and its size says so.
            unsafe setsockopt(
                number, SOL_SOCKET, SO_REUSEADDR, &isOn, socklen_t(MemoryLayout<Int32>.size))
        }
        var address = LoopbackAddress.make(port: port, host: host)
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        // SAFETY: the pointer is to a whole sockaddr_in, and the size is its own.
        let isBound = unsafe withUnsafeMutableBytes(of: &address) { bytes in
            let pointer = unsafe bytes.assumingMemoryBound(to: sockaddr.self).baseAddress
            return unsafe bind(number, pointer, size) == 0
                && getsockname(number, pointer, &size) == 0
        }
        guard isBound else {
            close(number)
            throw TestSupportError("port \(port) of 127.0.0.\(host) is not free")
        }
        return (number, UInt16(bigEndian: address.sin_port))
    }
}
