import TableFormat

/// One key of a JSON Web Key Set (RFC 7517).
struct KeySetEntry: Sendable {
    let key: TokenKeys.Key
    /// `kid`, if it has one.
    let name: [UInt8]?
    /// `alg`, if it is for one algorithm only.
    let algorithm: TokenAlgorithm?

    /// Whether tokens of this algorithm may be verified with it.
    func serves(_ algorithm: TokenAlgorithm) -> Bool {
        (self.algorithm == nil || self.algorithm == algorithm) && key.fits(algorithm)
    }

    func hasName(_ other: ArraySlice<UInt8>) -> Bool {
        guard let name, name.count == other.count else { return false }
        return name.elementsEqual(other)
    }
}
