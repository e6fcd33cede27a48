/// Closing an upgraded connection for a reason of ours: drain, an operator, a token that expired.
extension WorkerLoop {
    /// Tells both sides to close: with a Close frame at the next boundary of frames of each direction,
    /// then, when both have answered or had the time to, the connections end.
    ///
    /// Nothing happens if the exchange is no WebSocket or is closing already. The exchange may be gone when
    /// this returns.
    ///
    /// - Parameters:
    ///   - index: Of the exchange.
    ///   - code: Is valid on the wire.
    ///   - fault: What the access log says.
    mutating func closeWebSocket(
        _ index: UInt32, _ code: CloseCode, _ reason: CloseReason, fault: ExchangeFault
    ) {
        guard exchanges[index].state.isTunnel else { return }
        cut(index, fault)
    }
}
