package import Diagnostics

/// What the proofs have to say about a configuration.
package struct ProofFindings: Equatable, Sendable {
    /// In the order of the source.
    package let diagnostics: [Diagnostic]
    /// How many more there were.
    package let omittedCount: Int
}
