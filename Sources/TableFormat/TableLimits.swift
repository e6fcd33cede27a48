/// What compiler, file and reader agree on. Each has a reason; a table beyond them is not written and
/// not read.
package enum TableLimits {
    /// Longest path in bytes; longer ones are refused with 400.
    package static let pathBytesMax = 8_192
    /// Most segments of a path: one bit each in a shape.
    @inlinable package static var segmentCountMax: Int { 64 }
    /// Longest host name in bytes (RFC 1035, 2.3.4, without the last dot).
    package static let hostBytesMax = 253
    /// Labels of the longest name.
    package static let labelCountMax = 127
    /// Shapes of one host before it gets a trie.
    package static let shapeCountMax = 32
    /// Affix lengths of one regex space; further literals go to the automaton.
    package static let affixCountMax = 16
    /// Most conditions of one route: counted in one byte.
    package static let conditionCountMax = 255
    /// Longest literal that the automaton looks for, in bytes.
    package static let literalBytesMax = 64
    /// Most steps of one match: a few milliseconds at the very worst.
    package static let matchLimitMax: UInt32 = 20_000
    /// Longest value of a header, cookie or query parameter: the largest `max_header_bytes`.
    package static let conditionBytesMax = 1 << 20
    /// Steps that a match gets at first; most need fewer.
    package static let firstMatchLimit: UInt32 = 512
    /// Steps of one request beyond the first try of each candidate.
    package static let requestStepsMin: UInt32 = 200_000
    /// Most services of one `targets`: they are gone through for each request.
    package static let targetCountMax = 1_024
    /// Most address ranges of one `client_ip`: likewise.
    package static let addressCountMax = 1_024
    /// Largest file, so that all offsets fit 31 bits.
    package static let fileBytesMax = Int(Int32.max)
    /// Sections begin at multiples of a cache line.
    package static let sectionAlignment = 64
    /// Part of a section that gets a SHA-256 of its own.
    package static let digestChunkBytes = 65_536
    /// Sections of a file; a bound for readers, above what is defined.
    package static let sectionCountMax = 256

    /// Steps that one request may take in all regexes: enough that each candidate gets its first try.
    package static func requestSteps(for worstCase: WorstCase) -> UInt32 {
        // Routes that are looked at may have regexes in their conditions.
        let candidates =
            UInt64(worstCase.hostRegexes) + UInt64(worstCase.routeRegexes)
            + min(UInt64(worstCase.routeChecks), 4_096)
        return UInt32(
            clamping: UInt64(requestStepsMin) + candidates * UInt64(firstMatchLimit))
    }
}
