/// What has become of the notices of one alert.
package struct NoticeCounts: Equatable, Sendable {
    package var delivered: UInt64 = 0
    /// Attempts that were followed by another one.
    package var retried: UInt64 = 0
    /// Given up.
    package var failed: UInt64 = 0
    /// Made room for newer ones.
    package var dropped: UInt64 = 0

    package init() {}
}
