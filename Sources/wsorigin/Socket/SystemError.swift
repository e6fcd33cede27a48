internal import Glibc

/// A call that the system refused, with what it was for.
struct SystemError: Error, Equatable {
    /// Completes "cannot …", such as `listen on 127.0.0.1:80`.
    let purpose: String
    let number: Int32

    /// The error of the last call that failed on this thread.
    init(_ purpose: String) {
        self.purpose = purpose
        number = errno
    }

    var message: String {
        // SAFETY: strerror gives a string that ends with zero and lives until the next call.
        "cannot \(purpose): \(unsafe String(cString: strerror(number)))"
    }
}
