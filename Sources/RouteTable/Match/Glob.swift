/// Text in which `*` stands for any bytes.
enum Glob {
    /// Whether `text` matches all of `given`.
    ///
    /// - Complexity: O(*n* · *m*); only the last star is ever gone back to.
    static func matches(_ text: UnsafeRawBufferPointer, _ given: UnsafeRawBufferPointer) -> Bool {
        var textIndex = 0
        var givenIndex = 0
        var lastStar: (text: Int, given: Int)?
        while givenIndex < given.count {
            // SAFETY: both indices are compared with their counts before each use.
            if textIndex < text.count, unsafe text[textIndex] == UInt8(ascii: "*") {
                lastStar = (textIndex, givenIndex)
                textIndex += 1
            } else if textIndex < text.count, unsafe text[textIndex] == given[givenIndex] {
                textIndex += 1
                givenIndex += 1
            } else if let star = lastStar {
                textIndex = star.text + 1
                givenIndex = star.given + 1
                lastStar = (star.text, star.given + 1)
            } else {
                return false
            }
        }
        while textIndex < text.count, unsafe text[textIndex] == UInt8(ascii: "*") { textIndex += 1 }
        return textIndex == text.count
    }
}
