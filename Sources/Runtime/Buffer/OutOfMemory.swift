internal import CLinux

/// The end of the process where there is no memory: there is nothing to go on with.
enum OutOfMemory {
    /// Says so in one line, and exits with 1.
    ///
    /// - Parameter what: What it was wanted for: `connections`, `a block`.
    static func stop(_ what: StaticString) -> Never {
        // SAFETY: the text is a constant that ends with a NUL.
        unsafe clinux_out_of_memory(
            UnsafeRawPointer(what.utf8Start).assumingMemoryBound(to: CChar.self))
    }
}
