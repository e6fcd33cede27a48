/// `last_good` of a `fallback`: answers that are kept for the time when nobody gives any.
package struct LastGoodPolicy: Equatable, Sendable {
    /// Ages that an answer can be given up to: a second to a week.
    package static let staleMilliseconds: ClosedRange<UInt32> = 1_000...604_800_000
    /// Sizes of one answer's content.
    package static let answerBytes: ClosedRange<UInt64> = 1_024...131_072
    /// Sizes of all answers of a service together, in one worker.
    package static let totalBytes: ClosedRange<UInt64> = 65_536...1_073_741_824

    package var staleMillisecondsMax: UInt32 = 600_000
    package var answerBytesMax: UInt32 = 65_536
    package var totalBytesMax: UInt32 = 8_388_608

    package init() {}
}
