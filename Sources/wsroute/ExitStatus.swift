/// How the program ends, for scripts.
enum ExitStatus: Int32 {
    case fine = 0
    /// The input has errors, or warnings with `--strict`.
    case faultyInput = 1
    /// The command line is wrong, or a file can't be read or written.
    case misuse = 2
}
