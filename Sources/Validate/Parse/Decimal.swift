/// A number such as `30` or `1.5`, exact to three places, as durations, sizes and fractions are written.
struct Decimal: Equatable {
    /// In thousandths.
    private let thousandths: Int

    /// - Returns: nil if the bytes are not digits with at most one point inside, or too many of them.
    init?(_ bytes: some Collection<UInt8>) {
        let parts = bytes.split(
            separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first, !whole.isEmpty, whole.count <= 15 else { return nil }
        var value = 0
        for byte in whole {
            guard let digit = Self.digit(byte) else { return nil }
            value = value * 10 + digit
        }
        if parts.count == 2 {
            let fraction = parts[1]
            guard !fraction.isEmpty, fraction.count <= 3 else { return nil }
            for byte in fraction {
                guard let digit = Self.digit(byte) else { return nil }
                value = value * 10 + digit
            }
            for _ in fraction.count..<3 { value *= 10 }
        } else {
            value *= 1000
        }
        thousandths = value
    }

    var isZero: Bool { thousandths == 0 }

    /// Whether it would be a number, had it fewer digits.
    static func isLong(_ bytes: some Collection<UInt8>) -> Bool {
        let parts = bytes.split(
            separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        return parts.allSatisfy { !$0.isEmpty && $0.allSatisfy { digit($0) != nil } }
            && (parts[0].count > 15 || parts.count == 2 && parts[1].count > 3)
    }

    /// The number times a factor, rounded down; nil if it is above `max`.
    func times(_ factor: Int, max: Int) -> Int? {
        let (product, overflow) = thousandths.multipliedReportingOverflow(by: factor)
        guard !overflow, product / 1000 <= max else { return nil }
        return product / 1000
    }

    private static func digit(_ byte: UInt8) -> Int? {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) else { return nil }
        return Int(byte - UInt8(ascii: "0"))
    }
}
