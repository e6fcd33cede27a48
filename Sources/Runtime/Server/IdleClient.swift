/// A client that asks for nothing, and whether it goes where there is no room for others.
package struct IdleClient: BitwiseCopyable {
    /// How much room is needed.
    package enum Need: UInt8, BitwiseCopyable {
        /// Who has been idle for a while goes.
        case usual
        /// There is nobody of whom that is true: a flood of connections on which nothing is said.
        case pressing
    }

    /// It has not sent anything at all.
    package let isSilent: Bool
    package let waitedMilliseconds: UInt64

    package init(isSilent: Bool, waitedMilliseconds: UInt64) {
        self.isSilent = isSilent
        self.waitedMilliseconds = waitedMilliseconds
    }

    /// Whether it goes. Who has spoken once is never counted among a flood.
    package func goes(_ need: Need) -> Bool {
        guard isSilent else { return waitedMilliseconds >= Limits.evictableMilliseconds }
        switch need {
        case .usual: return waitedMilliseconds >= Limits.silentMilliseconds
        case .pressing: return waitedMilliseconds >= Limits.silentMillisecondsMin
        }
    }
}
