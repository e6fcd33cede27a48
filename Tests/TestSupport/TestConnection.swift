internal import Foundation

/// A TCP connection on which a test speaks byte for byte. Closed when the value goes away.
///
/// Each wait for the next byte, or for room for one, has the time that was given at the start, however long the
/// connection has been open, and all waits together have five times that: a stream that never ends must not keep a test
/// from failing. One thread may send while another one reads.
package final class TestConnection: @unchecked Sendable {
    private var descriptor: Int32
    private let seconds: Double
    /// The end of all waits.
    private let deadline: Deadline
    /// Bytes that were read and not yet asked for.
    private var waiting: [UInt8] = []
    /// Whether reading has come to a reset.
    package private(set) var wasReset = false

    /// Takes over a connected socket.
    package init(owning descriptor: Int32, seconds: Double = Deadline.usualSeconds) {
        self.descriptor = descriptor
        self.seconds = seconds
        deadline = Deadline(seconds: 5 * seconds)
        let flags = fcntl(descriptor, F_GETFL)
        _ = fcntl(descriptor, F_SETFL, flags | O_NONBLOCK)
    }

    /// Connects to a port of 127.0.0.x.
    package convenience init(
        port: UInt16, host: UInt8 = 1, seconds: Double = Deadline.usualSeconds
    ) throws {
        let number = socket(AF_INET, CloseOnExec.stream, 0)
        guard number >= 0 else { throw TestSupportError("no socket can be made") }
        var address = LoopbackAddress.make(port: port, host: host)
        // SAFETY: the pointer is to a whole sockaddr_in and the size is its own.
        let result = unsafe withUnsafeBytes(of: &address) { bytes in
            let pointer = unsafe bytes.assumingMemoryBound(to: sockaddr.self).baseAddress
            return unsafe connect(number, pointer, socklen_t(bytes.count))
        }
        guard result == 0 else {
            close(number)
            throw TestSupportError("cannot connect to port \(port): error \(errno)")
        }
        self.init(owning: number, seconds: seconds)
    }

    deinit { end() }

    /// Closes the connection.
    package func end() {
        if descriptor >= 0 { close(descriptor) }
        descriptor = -1
    }

    /// Closes the connection with RST.
    package func reset() {
        var option = linger(l_onoff: 1, l_linger: 0)
        // SAFETY: the option is a `linger` and its size says so.
        unsafe setsockopt(
            descriptor, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
        end()
    }

    /// Sends FIN; reading goes on.
    package func endSending() { _ = shutdown(descriptor, Int32(SHUT_WR)) }

    /// Writes all bytes.
    package func send(_ text: String) throws { try send(bytes: Array(text.utf8)) }

    /// Writes all bytes.
    package func send(bytes: [UInt8]) throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            // SAFETY: the system reads at most the given number of bytes, within the call.
            let count = unsafe rest.withUnsafeBytes { buffer in
                unsafe Foundation.send(
                    descriptor, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL))
            }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                try waitUntilReady(Int16(POLLOUT), "send \(rest.count) bytes")
            } else if errno != EINTR {
                throw TestSupportError("the peer broke off: error \(errno)")
            }
        }
    }

    /// Reads up to and with `end`.
    ///
    /// - Throws: ``TestSupportError`` if the stream ends before it.
    package func read(through end: String) throws -> String {
        String(decoding: try readBytes(through: end), as: UTF8.self)
    }

    /// Reads up to and with `end`, bytes that may be no text.
    ///
    /// - Throws: ``TestSupportError`` if the stream ends before it.
    package func readBytes(through end: String) throws -> [UInt8] {
        let wanted = Array(end.utf8)
        var searched = 0
        while true {
            if let range = waiting[searched...].firstRange(of: wanted) {
                return take(range.upperBound)
            }
            searched = max(0, waiting.count - wanted.count)
            guard try readMore() else {
                throw TestSupportError("the stream ended before '\(end)': \(shownWaiting)")
            }
        }
    }

    /// Reads exactly so many bytes.
    ///
    /// - Throws: ``TestSupportError`` if the stream ends before that.
    package func read(byteCount: Int) throws -> [UInt8] {
        while waiting.count < byteCount {
            guard try readMore() else {
                throw TestSupportError(
                    "the stream ended after \(waiting.count) of \(byteCount) bytes: \(shownWaiting)"
                )
            }
        }
        return take(byteCount)
    }

    /// Reads until the peer ends the stream. A reset counts as an end.
    package func readToEnd() throws -> [UInt8] {
        while try readMore() {}
        return take(waiting.count)
    }

    /// Whether the peer ended the stream and nothing is left to read. Waits until that is known.
    package func isAtEnd() throws -> Bool {
        if !waiting.isEmpty { return false }
        return try !readMore()
    }

    /// - Returns: Whether there are more bytes.
    private func readMore() throws -> Bool {
        var room = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            // SAFETY: the system writes at most the given number of bytes.
            let count = unsafe recv(descriptor, &room, room.count, 0)
            if count > 0 {
                waiting += room[..<count]
                return true
            }
            if count == 0 { return false }
            if errno == ECONNRESET {
                wasReset = true
                return false
            }
            guard errno == EAGAIN || errno == EINTR else {
                throw TestSupportError("cannot read: error \(errno)")
            }
            try waitUntilReady(Int16(POLLIN), "read; so far: \(shownWaiting)")
        }
    }

    private func waitUntilReady(_ events: Int16, _ what: String) throws {
        var watched = pollfd(fd: descriptor, events: events, revents: 0)
        // SAFETY: one entry, which is ours.
        let count = unsafe poll(
            &watched, 1, min(Int32(seconds * 1000), deadline.remainingMilliseconds))
        if count == 0 { throw TestSupportError("time is over: cannot \(what)") }
    }

    private func take(_ byteCount: Int) -> [UInt8] {
        defer { waiting.removeFirst(byteCount) }
        return Array(waiting[..<byteCount])
    }

    private var shownWaiting: String {
        "'" + String(decoding: waiting.prefix(400), as: UTF8.self) + "'"
    }
}
