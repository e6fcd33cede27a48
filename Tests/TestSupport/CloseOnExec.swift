internal import CLinux
internal import Glibc

/// Sockets that no child inherits by chance.
enum CloseOnExec {
    /// The type of a TCP socket.
    static let stream = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)

    /// - Returns: The descriptor, or -1.
    static func accept(_ listener: Int32) -> Int32 {
        clinux_accept(listener, nil, nil)
    }
}
