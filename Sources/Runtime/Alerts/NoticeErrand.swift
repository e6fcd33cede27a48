/// One attempt to tell somebody of an alert: a worker makes it and says what has come of it.
struct NoticeErrand: Sendable {
    /// Names the attempt.
    let number: UInt64
    /// The table that ``service`` is a place in.
    let generation: UInt32
    let service: UInt32
    let path: String
    let content: [UInt8]
}
