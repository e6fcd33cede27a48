/// Why a file can't be the secret of affinity cookies.
package struct AffinityKeyError: Error, Equatable, Sendable {
    /// A clause without a full stop.
    package let message: String
}
