internal import CLinux

/// Sockets that no child inherits by chance.
///
/// Glibc's module knows neither the flags nor `accept4` once CLinux is loaded.
enum CloseOnExec {
    /// The type of a TCP socket.
    static let stream = Int32(SOCK_STREAM.rawValue | SOCK_CLOEXEC.rawValue)

    /// - Returns: The descriptor, or -1.
    static func accept(_ listener: Int32) -> Int32 {
        // SAFETY: accept4 writes no address when none is asked for.
        unsafe accept4(listener, __SOCKADDR_ARG(), nil, Int32(SOCK_CLOEXEC.rawValue))
    }
}
