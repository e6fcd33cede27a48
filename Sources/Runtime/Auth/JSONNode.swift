/// One value of a JSON text, and where it stands there.
struct JSONNode: BitwiseCopyable {
    enum Kind: UInt8, BitwiseCopyable {
        /// Its members follow: of each the name, which is a string, and the value.
        case object
        /// Its elements follow.
        case array
        /// The bytes between the quotes, without escapes: see ``JSONDocument``.
        case string
        case number
        case `true`
        case `false`
        case null
    }

    let kind: Kind
    /// Where its bytes stand: a string's or a number's.
    let start: UInt32
    var count: UInt32
    /// Index of the first node that is neither this one nor inside it.
    var end: UInt32
}
