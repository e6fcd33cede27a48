/// Finds the name that somebody meant who wrote another one.
package enum DidYouMean {
    /// Most candidates looked at; a list of names this long holds more lookalikes than it can tell apart.
    private static let candidateCountMax = 5000

    /// The candidate nearest to `word`, if it is near enough to be a slip of the finger: a third of the
    /// letters wrong, left out, added or swapped with their neighbour. Of equally near ones, the first.
    ///
    /// Case, `-` and `_` are not told apart, so `RouteRules` and `route-rules` find `route_rules`.
    package static func nearest(to word: String, among candidates: [String]) -> String? {
        let wanted = folded(word)
        // Of two letters or of digits alone, anything is a lookalike.
        guard (3...64).contains(wanted.count), wanted.contains(where: isLetter) else { return nil }
        var best: (candidate: String, distance: Int)?
        for candidate in candidates.prefix(candidateCountMax) where candidate != word {
            let text = folded(candidate)
            let limit = max(1, min(wanted.count, text.count) / 3)
            guard abs(text.count - wanted.count) <= limit else { continue }
            let distance = distance(wanted, text)
            guard distance <= limit, distance < best?.distance ?? .max else { continue }
            best = (candidate, distance)
        }
        return best?.candidate
    }

    /// The sentence for the result of ``nearest(to:among:)``.
    package static func suggestion(for word: String, among candidates: [String]) -> String? {
        nearest(to: word, among: candidates).map { "did you mean `\($0)`?" }
    }

    private static func isLetter(_ byte: UInt8) -> Bool {
        byte >= 0x80 || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte)
    }

    private static func folded(_ word: String) -> [UInt8] {
        var result: [UInt8] = []
        for byte in word.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): result.append(byte | 0x20)
            case UInt8(ascii: "-"), UInt8(ascii: "_"), UInt8(ascii: " "): break
            default: result.append(byte)
            }
        }
        return result
    }

    /// Edit distance in which swapping two neighbours is one edit.
    private static func distance(_ lhs: [UInt8], _ rhs: [UInt8]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...rhs.count)
        for row in 0..<lhs.count {
            var current = [row + 1]
            for column in 0..<rhs.count {
                let substitution = last[column] + (lhs[row] == rhs[column] ? 0 : 1)
                var cost = min(substitution, last[column + 1] + 1, current[column] + 1)
                let isSwap =
                    row > 0 && column > 0 && lhs[row] == rhs[column - 1]
                    && lhs[row - 1] == rhs[column]
                if isSwap { cost = min(cost, beforeLast[column - 1] + 1) }
                current.append(cost)
            }
            beforeLast = last
            last = current
        }
        return last[rhs.count]
    }
}
