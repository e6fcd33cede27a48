/// What the worker's tables hold for one upgraded connection, in bytes: two connections, the exchange and the
/// session. Beside them come a timer and a slot's number for each, and a block for the texts of the log.
package enum StreamFootprint {
    package static var connectionByteCount: Int { MemoryLayout<Connection>.stride }
    package static var exchangeByteCount: Int { MemoryLayout<Exchange>.stride }
    package static var sessionByteCount: Int { MemoryLayout<WebSocketSession>.stride }
    package static var webSocketByteCount: Int {
        2 * connectionByteCount + exchangeByteCount + sessionByteCount
    }
}
