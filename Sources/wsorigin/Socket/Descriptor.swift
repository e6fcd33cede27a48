internal import Glibc

/// A file descriptor with one owner.
struct Descriptor: ~Copyable {
    let number: Int32

    /// - Parameter number: Open, and owned by nobody else.
    init(owning number: Int32) {
        precondition(number >= 0, "\(number) is no descriptor")
        self.number = number
    }

    deinit { _ = close(number) }
}
