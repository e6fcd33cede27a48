/// Which of several answers that are to be kept began to arrive later.
package struct AnswerOrder: BitwiseCopyable, Comparable, Sendable {
    let rawValue: UInt64

    /// That of the one that comes after it.
    var next: AnswerOrder { AnswerOrder(rawValue: rawValue + 1) }

    package static func < (first: AnswerOrder, second: AnswerOrder) -> Bool {
        first.rawValue < second.rawValue
    }
}
