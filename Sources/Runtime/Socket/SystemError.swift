internal import Glibc

/// A system call failed for a reason that lies outside this process.
package struct SystemError: Error, Equatable, BitwiseCopyable, Sendable {
    /// The call, as logs name it.
    package enum Call: UInt8, BitwiseCopyable, Sendable {
        case accept, bind, connect, create, epoll, eventDescriptor, listen, open, read, rename
        case signalDescriptor, socket, socketOption, thread, write
    }

    package let call: Call
    /// The `errno` value.
    package let number: Int32

    package init(_ call: Call, _ number: Int32) {
        self.call = call
        self.number = number
    }

    /// The failure of the call that has just returned on this thread.
    package static func last(_ call: Call) -> SystemError { SystemError(call, errno) }

    /// Whether this process, or the system, has no descriptor left.
    package var isOutOfDescriptors: Bool { number == EMFILE || number == ENFILE }

    /// Whether it says something of this machine and nothing of the peer: no descriptors, no memory, no
    /// local ports.
    package var isOwnShortage: Bool {
        isOutOfDescriptors || number == ENOBUFS || number == ENOMEM || number == EADDRNOTAVAIL
    }

    /// A few lower-case words for logs. Does not allocate.
    package var reason: StaticString {
        switch number {
        case EACCES, EPERM: "permission denied"
        case EADDRINUSE: "address in use"
        case EADDRNOTAVAIL: "address not available"
        case EAFNOSUPPORT: "address family not supported"
        case EAGAIN: "not enough memory, or too many threads"
        case ECONNABORTED: "connection aborted"
        case ECONNREFUSED: "connection refused"
        case ECONNRESET: "connection reset"
        case EFBIG: "file size limit reached"
        case EHOSTDOWN: "host is down"
        case EHOSTUNREACH: "no route to host"
        case EINTR: "interrupted"
        case EIO: "input or output error"
        case EISDIR: "is a directory"
        case EMFILE: "too many open files in this process"
        case ENETDOWN: "network is down"
        case ENETUNREACH: "network is unreachable"
        case ENFILE: "too many open files in the system"
        case ENOBUFS, ENOMEM: "not enough memory"
        case ENOENT: "no such file or directory"
        case ENOSPC: "no space left"
        case ENOTCONN: "not connected"
        case ENXIO: "nobody reads from it"
        case ENOTDIR: "not a directory"
        case EPIPE: "connection closed by the peer"
        case EROFS: "read-only file system"
        case ETIMEDOUT: "timed out"
        default: "system error"
        }
    }

    /// ``reason`` as text, with the number where no words are known.
    package var description: String {
        let words = "\(reason)"
        return words == "system error" ? "\(words) \(number)" : words
    }
}
