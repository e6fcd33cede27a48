/// What is done about a request that a service and those that take over for it have failed.
package struct Fallback: Equatable, Sendable {
    /// Nil where no answers are kept.
    package var lastGood: LastGoodPolicy?
    /// Index of the answer in the configuration's ``Configuration/fallbackAnswers``.
    package var answer: Int?

    package init() {}
}
