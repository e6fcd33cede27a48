/// One guard of a chain, and what it would do as far as a table can tell.
package struct GuardDescription: Equatable, Sendable {
    /// The middleware's name.
    package var name: String
    /// The word that `type` uses.
    package var type: String
    /// A few words for people.
    package var text: String
}
