import Glibc

/// The two streams that a command writes to.
enum Output {
    /// Results, to standard output.
    static func print(_ text: String) throws(CommandFailure) {
        try write(Array(text.utf8), to: STDOUT_FILENO)
    }

    /// Messages about the work, to standard error. A failure to tell is not told.
    static func report(_ text: String) {
        try? write(Array(text.utf8), to: STDERR_FILENO)
    }

    private static func write(_ bytes: [UInt8], to descriptor: Int32) throws(CommandFailure) {
        guard let code = DescriptorWriter.write(bytes, to: descriptor) else { return }
        throw CommandFailure.file("standard output", "write", code: code)
    }
}
