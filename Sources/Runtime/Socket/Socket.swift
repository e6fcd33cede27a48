import CLinux
import Glibc

/// A connected or connecting TCP socket, non-blocking. Closed when its owner ends.
@safe
struct Socket: ~Copyable {
    let descriptor: Int32

    /// Takes over a descriptor that is open, non-blocking and close-on-exec.
    init(adopting descriptor: Int32) {
        precondition(descriptor >= 0, "a socket needs a descriptor")
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Begins to connect to `address`. The outcome shows when the socket becomes writable; a send
    /// before that would block.
    ///
    /// - Parameter isConnected: Set if the connection is there at once, as on this machine it may be.
    static func connect(
        to address: SocketAddress, isConnected: inout Bool
    ) throws(SystemError) -> Socket {
        let kind =
            Int32(SOCK_STREAM.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
            | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = Glibc::socket(address.family, kind, 0)
        guard descriptor >= 0 else { throw SystemError.last(.socket) }
        let socket = Socket(adopting: descriptor)
        socket.sendAtOnce()
        // SAFETY: the closure gets the address and its length as they lie in memory for its duration.
        let result = address.withSocketAddressPointer { unsafe Glibc::connect(descriptor, $0, $1) }
        if result != 0, errno != EINPROGRESS {
            let error = SystemError.last(.connect)
            // The kernel says the same where no port is left and where there is no way at all, as to IPv6 where this
            // machine has none.
            guard error.number != EADDRNOTAVAIL || hasSource(for: address) else {
                throw SystemError(.connect, ENETUNREACH)
            }
            throw error
        }
        isConnected = result == 0
        return socket
    }

    /// Whether this machine has an address from which packets could go there.
    private static func hasSource(for address: SocketAddress) -> Bool {
        // Connecting such a socket chooses its address, and sends nothing.
        let kind = Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        let descriptor = Glibc::socket(address.family, kind, 0)
        guard descriptor >= 0 else { return true }
        let probe = Socket(adopting: descriptor)
        // SAFETY: the closure gets the address and its length as they lie in memory for its duration.
        let result = address.withSocketAddressPointer {
            unsafe Glibc::connect(probe.descriptor, $0, $1)
        }
        return result == 0
    }

    /// Turns off Nagle's algorithm: what is written here is complete and goes out at once.
    borrowing func sendAtOnce() {
        var on: Int32 = 1
        // SAFETY: the option is read from this frame before the call returns. Failure costs latency only.
        _ = unsafe setsockopt(
            descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
    }

    /// Has the kernel find out, within two minutes, about a peer that vanished while nothing is sent.
    borrowing func probeSilentPeer() { KeepAlive.enable(on: descriptor) }

    /// Whether nothing waits to be read, an end included.
    var seemsOpen: Bool {
        var byte: UInt8 = 0
        // SAFETY: the kernel writes at most one byte to this frame.
        let result = unsafe recv(
            descriptor, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT))
        return result < 0 && (errno == EAGAIN || errno == EINTR)
    }

    /// The error that a connect ended with, or 0.
    borrowing func pendingError() -> Int32 {
        var number: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        // SAFETY: the kernel writes one Int32 to this frame.
        guard unsafe getsockopt(descriptor, SOL_SOCKET, SO_ERROR, &number, &length) == 0 else {
            return errno
        }
        return number
    }

    /// Reads what has arrived, up to the size of `room`, in one call.
    borrowing func read(into room: UnsafeMutableRawBufferPointer) -> Transfer {
        precondition(room.count > 0, "reading into no room looks like end of stream")
        while true {
            // SAFETY: the kernel writes at most `room.count` bytes into `room`.
            let result = unsafe recv(descriptor, room.baseAddress, room.count, 0)
            if result > 0 { return .moved(byteCount: result) }
            if result == 0 { return .endOfStream }
            if let outcome = Self.outcome(ofFailed: "recv") { return outcome }
        }
    }

    /// Looks at what has arrived, up to the size of `room`, and leaves it there.
    borrowing func peek(into room: UnsafeMutableRawBufferPointer) -> Transfer {
        precondition(room.count > 0, "looking into no room looks like end of stream")
        while true {
            // SAFETY: the kernel writes at most `room.count` bytes into `room`.
            let result = unsafe recv(descriptor, room.baseAddress, room.count, Int32(MSG_PEEK))
            if result > 0 { return .moved(byteCount: result) }
            if result == 0 { return .endOfStream }
            if let outcome = Self.outcome(ofFailed: "recv") { return outcome }
        }
    }

    /// Writes as much of `bytes` as the kernel takes, in one call.
    borrowing func write(_ bytes: UnsafeRawBufferPointer) -> Transfer {
        while true {
            // SAFETY: the kernel reads at most `bytes.count` bytes from `bytes`.
            let result = unsafe send(
                descriptor, bytes.baseAddress, bytes.count, Int32(MSG_NOSIGNAL))
            if result >= 0 { return .moved(byteCount: result) }
            if let outcome = Self.outcome(ofFailed: "send") { return outcome }
        }
    }

    /// Writes as much of `first` and then `second` as the kernel takes, in one call.
    borrowing func write(
        _ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer
    ) -> Transfer {
        // SAFETY: the kernel only reads through these pointers, although iovec can't say so.
        var pieces: InlineArray<2, iovec> = unsafe [
            iovec(
                iov_base: UnsafeMutableRawPointer(mutating: first.baseAddress), iov_len: first.count
            ),
            iovec(
                iov_base: UnsafeMutableRawPointer(mutating: second.baseAddress),
                iov_len: second.count),
        ]
        // SAFETY: two pieces, which outlive the call.
        var span = unsafe pieces.mutableSpan
        return unsafe span.withUnsafeMutableBufferPointer { vector in
            while true {
                let result = unsafe writev(descriptor, vector.baseAddress, 2)
                if result >= 0 { return .moved(byteCount: result) }
                if let outcome = Self.outcome(ofFailed: "writev") { return outcome }
            }
        }
    }

    /// Says to the peer that nothing more will come; reading goes on.
    borrowing func finishWriting() {
        _ = shutdown(descriptor, Int32(SHUT_WR))
    }

    /// What the peer has not taken yet. A kernel that does not say so is taken to have delivered all.
    var delivery: Delivery {
        var acknowledged: UInt64 = 0
        // SAFETY: the call writes one number, which lives on this frame.
        let waiting = unsafe clinux_waiting_bytes(descriptor, &acknowledged)
        return Delivery(
            waitingByteCount: Int(waiting), acknowledged: UInt32(truncatingIfNeeded: acknowledged))
    }

    /// Makes the close that follows a reset, so that the peer knows the stream was cut.
    borrowing func resetOnClose() {
        var linger = Glibc.linger(l_onoff: 1, l_linger: 0)
        // SAFETY: the option is read from this frame before the call returns.
        _ = unsafe setsockopt(
            descriptor, SOL_SOCKET, SO_LINGER, &linger,
            socklen_t(MemoryLayout<Glibc.linger>.size))
    }

    /// What a failed transfer means; nil if it was only interrupted.
    private static func outcome(ofFailed call: StaticString) -> Transfer? {
        switch errno {
        case EINTR: nil
        case EAGAIN: .wouldBlock
        case EBADF, EFAULT, EINVAL, ENOTSOCK:
            preconditionFailure("\(call): errno \(errno) means a bug here")
        default: .broken(number: errno)
        }
    }
}
