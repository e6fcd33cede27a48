package import TableFormat

/// A table and what `compile` says about it.
package struct CompiledTable: Sendable {
    /// The file. Byte-identical for the same configuration.
    package internal(set) var bytes: [UInt8]
    /// The first 16 hexadecimal digits of the digest.
    package let digestText: String
    package let hostCount: Int
    package let routeCount: Int
    package let serviceCount: Int
    package let regexCount: Int
    /// Routes that were written as regexes and are matched as segment patterns.
    package let loweredCount: Int
    package let worstCase: WorstCase
    /// What was proved about its routes. An error among them means that the table must not be used.
    package let findings: ProofFindings
}
