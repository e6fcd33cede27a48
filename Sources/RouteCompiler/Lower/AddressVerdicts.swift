import Validate

/// What an `ip_filter` says of every address, as ranges without overlap.
///
/// Of all ranges that hold an address the longest prefix decides, and `deny` where both lists have the same
/// range. An address in no range is let in unless there are ranges to allow.
enum AddressVerdicts {
    /// From this address up to the next verdict's.
    struct Verdict: Equatable {
        var first: UInt128
        var admits: Bool
    }

    private struct Range {
        let first: UInt128
        let last: UInt128
        let prefixLength: Int
        let admits: Bool
    }

    static func verdicts(of policy: IPFilterPolicy) -> [Verdict] {
        var ranges = policy.allow.map { range(of: $0, admits: true) }
        ranges += policy.deny.map { range(of: $0, admits: false) }
        // Outer ranges before those inside them; of two equal ones, the denied range is the inner one.
        let sorted = ranges.sorted { left, right in
            if left.first != right.first { return left.first < right.first }
            if left.prefixLength != right.prefixLength {
                return left.prefixLength < right.prefixLength
            }
            return left.admits && !right.admits
        }
        let otherwise = policy.allow.isEmpty
        var verdicts = [Verdict(first: 0, admits: otherwise)]
        var open: [Range] = []
        func close(before first: UInt128?) {
            while let range = open.last, first.map({ range.last < $0 }) ?? true {
                open.removeLast()
                guard range.last < .max else { continue }
                add(range.last + 1, open.last?.admits ?? otherwise, to: &verdicts)
            }
        }
        for range in sorted {
            close(before: range.first)
            open.append(range)
            add(range.first, range.admits, to: &verdicts)
        }
        close(before: nil)
        return verdicts
    }

    /// The last word about an address counts, and what says the same as before is left out.
    private static func add(_ first: UInt128, _ admits: Bool, to verdicts: inout [Verdict]) {
        if let last = verdicts.last, last.first == first { verdicts.removeLast() }
        if let last = verdicts.last, last.admits == admits { return }
        verdicts.append(Verdict(first: first, admits: admits))
    }

    private static func range(of range: AddressRange, admits: Bool) -> Range {
        let first = range.address.reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
        let hostBits = range.prefixLength == 0 ? UInt128.max : UInt128.max >> range.prefixLength
        return Range(
            first: first, last: range.prefixLength == 128 ? first : first | hostBits,
            prefixLength: range.prefixLength, admits: admits)
    }
}
