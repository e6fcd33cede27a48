/// Something about a guard that the operator should know.
struct AuthNotice: Equatable, Sendable {
    /// The name of the event in the log.
    let event: StaticString
    let text: String

    static func == (one: Self, other: Self) -> Bool {
        one.event.description == other.event.description && one.text == other.text
    }
}
