/// What one key of the hash of paths leads to.
struct PathKey {
    /// Routes, best first.
    let candidates: [UInt32]
}
