/// How many streams of one policy there may be at once. 0: no limit.
package struct StreamLimits: BitwiseCopyable, Equatable, Sendable {
    /// `max_connections`
    package var countMax: UInt32
    /// `max_connections_per_client`
    package var countPerClientMax: UInt32

    package init(countMax: UInt32 = 0, countPerClientMax: UInt32 = 0) {
        self.countMax = countMax
        self.countPerClientMax = countPerClientMax
    }
}
