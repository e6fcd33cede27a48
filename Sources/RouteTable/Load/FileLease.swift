internal import CLinux
import Glibc

/// A lease on an open file: nobody can write to it until it is given back (`fcntl`, `F_SETLEASE`). Whoever wants to
/// waits, at most as long as the system says (45 seconds), and this process gets SIGIO.
///
/// The kernel gives one to the file's owner, or with `CAP_LEASE`, on file systems that know them.
/// For one thread at a time.
final class FileLease: @unchecked Sendable {
    /// The file; -1 once the lease was given back.
    private(set) var descriptor: Int32

    /// - Parameter descriptor: Open for reading; closed with the lease.
    /// - Returns: nil if the kernel gives none; then the descriptor stays the caller's.
    init?(taking descriptor: Int32) {
        guard clinux_take_lease(descriptor) == 0 else { return nil }
        self.descriptor = descriptor
    }

    deinit { giveBack() }

    /// Somebody waits.
    var isWanted: Bool { descriptor >= 0 && clinux_is_lease_wanted(descriptor) }

    /// Lets those who wait go on. Closing the file is all it takes.
    func giveBack() {
        guard descriptor >= 0 else { return }
        _ = close(descriptor)
        descriptor = -1
    }
}
