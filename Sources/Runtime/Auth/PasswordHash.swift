internal import CCrypt

/// The hash of a password, with the way it was made.
struct PasswordHash: Equatable, Sendable {
    /// 2 to the power of this many rounds of bcrypt: a second and more for each check.
    private static let bcryptCostMax = 14
    private static let shaRoundsMax = 1_000_000

    /// As `crypt` takes and gives it, ended by a NUL.
    let text: [CChar]
    /// Whether checking a password takes less than a few seconds.
    let isAffordable: Bool

    /// - Returns: Nil unless it is a whole hash of bcrypt or SHA-crypt.
    init?(_ bytes: [UInt8]) {
        guard bytes.allSatisfy({ $0 > OctetClass.space && $0 < 0x7F }) else { return nil }
        let parts = bytes.split(separator: UInt8(ascii: "$"), omittingEmptySubsequences: false)
        guard parts.count >= 4, parts[0].isEmpty else { return nil }
        switch String(decoding: parts[1], as: UTF8.self) {
        case "2a", "2b", "2y":
            guard parts.count == 4, parts[3].count == 53, let cost = Self.number(parts[2]) else {
                return nil
            }
            isAffordable = cost <= Self.bcryptCostMax
        case "5", "6":
            let byteCount = parts[1].elementsEqual([UInt8(ascii: "5")]) ? 43 : 86
            guard parts[parts.count - 1].count == byteCount,
                let rounds = Self.rounds(of: parts)
            else { return nil }
            isAffordable = rounds <= Self.shaRoundsMax
        default: return nil
        }
        text = bytes.map { CChar(bitPattern: $0) } + [0]
        // SAFETY: the text ends with a NUL and is read during the call only.
        guard unsafe ccrypt_knows(text) == 1 else { return nil }
    }

    /// `$6$salt$hash` or `$6$rounds=N$salt$hash`.
    private static func rounds(of parts: [ArraySlice<UInt8>]) -> Int? {
        if parts.count == 4 { return 5_000 }
        let prefix = Array("rounds=".utf8)
        guard parts.count == 5, parts[2].starts(with: prefix) else { return nil }
        return number(parts[2].dropFirst(prefix.count))
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int? {
        guard (1...9).contains(digits.count), digits.allSatisfy(OctetClass.isDigit) else {
            return nil
        }
        return digits.reduce(0) { $0 * 10 + Int($1 - 0x30) }
    }
}
