import CLinux
import Glibc

extension ListeningSocket {
    /// What accepting a client brought.
    enum Accepted {
        /// The descriptor is non-blocking, close-on-exec and the caller's.
        case client(descriptor: Int32, SocketAddress)
        case wouldBlock
        /// This process or the system has no descriptor left.
        case outOfDescriptors
        /// The client went away before it was accepted.
        case failed
    }

    /// Accepts the client that waited longest.
    borrowing func accept() -> Accepted {
        var storage = sockaddr_storage()
        var byteCount = socklen_t(MemoryLayout<sockaddr_storage>.size)
        // SAFETY: the kernel writes at most the size of the storage, which lives on this frame.
        let result = unsafe withUnsafeMutablePointer(to: &storage) { pointer in
            unsafe clinux_accept(
                descriptor, UnsafeMutableRawPointer(pointer).assumingMemoryBound(to: sockaddr.self),
                &byteCount)
        }
        guard result >= 0 else { return Self.meaning(ofError: errno) }
        guard let address = SocketAddress(storage, byteCount: byteCount) else {
            close(result)
            return .failed
        }
        return .client(descriptor: result, address)
    }

    private static func meaning(ofError number: Int32) -> Accepted {
        switch number {
        case EAGAIN: .wouldBlock
        case EMFILE, ENFILE, ENOBUFS, ENOMEM: .outOfDescriptors
        case EBADF, EFAULT, EINVAL, ENOTSOCK, EOPNOTSUPP:
            preconditionFailure("accept: errno \(number) means a bug here")
        default: .failed
        }
    }
}
