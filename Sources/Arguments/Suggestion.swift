/// Finds the name that was probably meant.
enum Suggestion {
    /// The candidate nearest to `text`, if it is near enough to be worth a question.
    ///
    /// Distance is counted in inserted, removed, changed or swapped characters. A third of the length of the text
    /// is near, and two characters of a short name are not. Of equals the first wins.
    static func nearest(to text: String, among candidates: [String]) -> String? {
        // A longer text is no slip of the finger, and the distance costs the product of the lengths.
        let characters = Array(text.utf8)
        guard characters.count <= 64 else { return nil }
        let distanceMax = max(1, characters.count / 3)
        var best: (name: String, distance: Int)?
        for candidate in candidates {
            let distance = distance(from: characters, to: Array(candidate.utf8))
            guard distance <= distanceMax, distance < best?.distance ?? .max else { continue }
            best = (candidate, distance)
        }
        return best?.name
    }

    /// Damerau-Levenshtein distance with neighbours swapped at most once.
    private static func distance(from left: [UInt8], to right: [UInt8]) -> Int {
        var beforePrevious: [Int] = []
        var previous = Array(0...right.count)
        for (row, byte) in left.enumerated() {
            var current = [row + 1]
            for (column, other) in right.enumerated() {
                let change = previous[column] + (byte == other ? 0 : 1)
                var cost = min(change, previous[column + 1] + 1, current[column] + 1)
                if row > 0, column > 0, byte == right[column - 1], left[row - 1] == other {
                    cost = min(cost, beforePrevious[column - 1] + 1)
                }
                current.append(cost)
            }
            beforePrevious = previous
            previous = current
        }
        return previous[right.count]
    }
}
