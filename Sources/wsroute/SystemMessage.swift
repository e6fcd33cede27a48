import Glibc

/// What the system calls an error.
enum SystemMessage {
    /// In lower case, as it stands inside a sentence: `no such file or directory`.
    static func text(of code: Int32) -> String {
        // SAFETY: strerror returns a terminated text; it is copied before the next call, and this
        // program has one thread.
        let text = unsafe String(cString: strerror(code))
        return text.prefix(1).lowercased() + text.dropFirst()
    }
}
