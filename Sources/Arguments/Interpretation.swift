/// What a program is to do with its command line.
package enum Interpretation: Sendable {
    /// Do the work that these arguments ask for.
    case run(ParsedArguments)
    /// Print the text, which ends with a newline, to standard output and exit with 0.
    case answer(String)
    /// Print ``UsageError/report`` to standard error and exit with 2.
    case misuse(UsageError)
}
