import Glibc

/// The descriptors 0, 1 and 2 of this process.
package enum StandardStreams {
    /// Opens those that the caller has closed, to nothing. Must be the first that a program does: otherwise the next
    /// file or socket gets such a number, and what is printed goes into it.
    package static func reserve() {
        for descriptor in STDIN_FILENO...STDERR_FILENO where fcntl(descriptor, F_GETFD) < 0 {
            // The lowest free number is given out, so this is `descriptor`.
            // SAFETY: the path is a constant that ends with a NUL.
            _ = unsafe open("/dev/null", O_RDWR)
        }
    }
}
