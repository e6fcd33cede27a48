/// What one step of a regex that is walked does.
public enum RegexStepKind: UInt8, Sendable {
    /// The subject goes on with these bytes.
    case literal = 1
    /// So many bytes of a set follow, as many of them as there are.
    case set
    /// Goes on behind the next few steps unless the next byte is one of a set.
    case choose
    /// Goes on behind the next few steps.
    case skip
    /// Goes back; a few times at one byte of the subject, for loops inside of each other.
    case again
    /// The subject ends here; then the regex matches.
    case end
    /// The regex matches, whatever follows.
    case match
}
