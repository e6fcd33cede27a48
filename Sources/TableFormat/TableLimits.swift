/// What compiler, file and reader agree on. Each has a reason; a table beyond them is not written and
/// not read.
public enum TableLimits {
    /// Longest path in bytes; longer ones are refused with 400.
    @inlinable public static var pathBytesMax: Int { 8_192 }
    /// Most segments of a path: one bit each in a shape.
    @inlinable public static var segmentCountMax: Int { 64 }
    /// Longest host name in bytes (RFC 1035, 2.3.4, without the last dot).
    @inlinable public static var hostBytesMax: Int { 253 }
    /// Labels of the longest name.
    @inlinable public static var labelCountMax: Int { 127 }
    /// Shapes of one host before it gets a trie.
    @inlinable public static var shapeCountMax: Int { 32 }
    /// Affix lengths of one regex space; further literals go to the automaton.
    @inlinable public static var affixCountMax: Int { 16 }
    /// Most conditions of one route: counted in one byte.
    @inlinable public static var conditionCountMax: Int { 255 }
    /// Longest literal that the automaton looks for, in bytes.
    @inlinable public static var literalBytesMax: Int { 64 }
    /// Most steps of one match: a few milliseconds at the very worst.
    @inlinable public static var matchLimitMax: UInt32 { 20_000 }
    /// Longest value of a header, cookie or query parameter: the largest `max_header_bytes`.
    @inlinable public static var conditionBytesMax: Int { 1 << 20 }
    /// Steps of a regex that is walked: each takes its time even where the subject has no bytes left.
    @inlinable public static var regexStepCountMax: Int { 64 }
    /// Loops inside of each other in such a regex, and so ways back that are gone at one byte of the subject.
    @inlinable public static var regexLoopDepthMax: Int { 4 }
    /// Steps that a match gets at first; most need fewer.
    @inlinable public static var firstMatchLimit: UInt32 { 512 }
    /// Steps of one request beyond the first try of each candidate.
    @inlinable public static var requestStepsMin: UInt32 { 200_000 }
    /// Most services of one `targets`: they are gone through for each request.
    @inlinable public static var targetCountMax: Int { 1_024 }
    /// Most address ranges of one `client_ip`: likewise.
    @inlinable public static var addressCountMax: Int { 1_024 }
    /// Claims of tokens that guards may look at.
    @inlinable public static var claimCountMax: Int { 64 }
    /// Largest file, so that all offsets fit 31 bits.
    @inlinable public static var fileBytesMax: Int { Int(Int32.max) }
    /// Sections begin at multiples of a cache line.
    @inlinable public static var sectionAlignment: Int { 64 }
    /// Part of a section that gets a SHA-256 of its own.
    @inlinable public static var digestChunkBytes: Int { 65_536 }
    /// Sections of a file; a bound for readers, above what is defined.
    @inlinable public static var sectionCountMax: Int { 256 }

    /// Steps that one request may take in all regexes: enough that each candidate gets its first try.
    public static func requestSteps(for worstCase: WorstCase) -> UInt32 {
        // Routes that are looked at may have regexes in their conditions.
        let candidates =
            UInt64(worstCase.hostRegexes) + UInt64(worstCase.routeRegexes)
            + min(UInt64(worstCase.routeChecks), 4_096)
        return UInt32(
            clamping: UInt64(requestStepsMin) + candidates * UInt64(firstMatchLimit))
    }
}
