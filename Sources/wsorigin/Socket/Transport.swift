internal import Glibc

/// A connection, plain or encrypted, that does not block.
enum Transport: ~Copyable {
    case plain(Descriptor)
    case tls(TLSStream)

    /// For `epoll` and socket options; the transport keeps owning it.
    var descriptorNumber: Int32 {
        switch self {
        case .plain(let descriptor): descriptor.number
        case .tls(let stream): stream.descriptor.number
        }
    }

    /// Whether input waits that the socket does not announce.
    var holdsInput: Bool {
        switch self {
        case .plain: false
        case .tls(let stream): stream.holdsInput
        }
    }

    /// Whether the last call needs the socket to take bytes before anything else can happen.
    var waitsToWrite: Bool {
        switch self {
        case .plain: false
        case .tls(let stream): stream.waitsToWrite
        }
    }

    mutating func read(_ room: inout [UInt8]) -> Transfer {
        switch consume self {
        case .plain(let descriptor):
            // SAFETY: the system writes at most the given number of bytes.
            let result = unsafe recv(descriptor.number, &room, room.count, 0)
            let outcome = Self.outcome(result, isRead: true)
            self = .plain(descriptor)
            return outcome
        case .tls(var stream):
            let outcome = stream.read(&room)
            self = .tls(stream)
            return outcome
        }
    }

    mutating func write(_ bytes: ArraySlice<UInt8>) -> Transfer {
        switch consume self {
        case .plain(let descriptor):
            let number = descriptor.number
            // SAFETY: the system reads at most the given number of bytes, within the call.
            let result = unsafe bytes.withUnsafeBytes { buffer in
                unsafe send(number, buffer.baseAddress, buffer.count, Int32(MSG_NOSIGNAL))
            }
            let outcome = Self.outcome(result, isRead: false)
            self = .plain(descriptor)
            return outcome
        case .tls(var stream):
            let outcome = stream.write(bytes)
            self = .tls(stream)
            return outcome
        }
    }

    /// Ends the sending side: FIN, behind the closing alert of TLS.
    mutating func endOutput() {
        switch consume self {
        case .plain(let descriptor): self = .plain(descriptor)
        case .tls(var stream):
            stream.sayGoodbye()
            self = .tls(stream)
        }
        _ = shutdown(descriptorNumber, Int32(SHUT_WR))
    }

    /// Makes the close that follows send RST.
    func resetOnClose() {
        var option = linger(l_onoff: 1, l_linger: 0)
        // SAFETY: the option is a `linger` and its size says so.
        unsafe setsockopt(
            descriptorNumber, SOL_SOCKET, SO_LINGER, &option, socklen_t(MemoryLayout<linger>.size))
    }

    private static func outcome(_ result: Int, isRead: Bool) -> Transfer {
        if result > 0 { return .moved(byteCount: result) }
        if result == 0 { return isRead ? .endOfStream : .wouldBlock }
        return errno == EAGAIN || errno == EINTR ? .wouldBlock : .broken
    }
}
