/// What one step of matching came to.
enum Search: Equatable {
    case found(UInt32)
    case notFound
    /// A regex could not be decided within its limits.
    case tooExpensive
}
