/// One client: its transport and what is said on it.
final class Connection {
    /// How long the server waits for the client's FIN after its own, in milliseconds. Closing at once while the
    /// client still sends would reset the connection and lose the answer.
    private static let lingerMilliseconds: UInt64 = 2000
    /// How many bytes one turn reads at most, so that no client keeps the others waiting.
    private static let turnByteCountMax = 256 * 1024

    /// What the loop is to do with the connection after a turn.
    enum Outcome: Equatable {
        case open
        case closed
    }

    private var transport: Transport
    private var conversation: Conversation
    private var written = 0
    /// When the wait for the client's FIN ends. `nil` until the server has sent its own.
    private var lingersUntil: UInt64?

    init(_ transport: consuming Transport, _ conversation: consuming Conversation) {
        self.transport = transport
        self.conversation = conversation
    }

    var descriptorNumber: Int32 { transport.descriptorNumber }

    /// When the connection wants a turn although nothing happened on its socket.
    var wakeAt: UInt64? { lingersUntil ?? conversation.wakeAt }

    /// Whether the socket should be watched for room.
    var wantsToWrite: Bool {
        lingersUntil == nil && (!conversation.output.isEmpty || transport.waitsToWrite)
    }

    /// Whether the socket should be watched for input.
    var wantsToRead: Bool { lingersUntil != nil || conversation.wantsInput }

    /// Whether another turn is due at once: input waits that the socket does not announce.
    var isUnfinished: Bool { wantsToRead && !transport.waitsToWrite && transport.holdsInput }

    var requestCount: UInt64 { conversation.requestCount }

    /// Reads, thinks and writes as far as the socket lets it.
    ///
    /// - Parameter room: Scratch memory that all connections share.
    func turn(now: UInt64, statistics: Statistics, room: inout [UInt8]) -> Outcome {
        if lingersUntil != nil { return linger(now: now, room: &room) }
        conversation.statistics = statistics
        if let time = conversation.wakeAt, time <= now { conversation.wake(now: now) }
        var budget = Self.turnByteCountMax
        while true {
            guard flush(now: now) else { return .closed }
            guard conversation.wantsInput, budget > 0 else { break }
            switch transport.read(&room) {
            case .moved(let byteCount):
                budget -= byteCount
                conversation.receive(room[..<byteCount], now: now)
            case .wouldBlock:
                return end(now: now, room: &room)
            case .endOfStream:
                conversation.inputEnded(now: now)
            case .broken:
                return .closed
            }
        }
        return end(now: now, room: &room)
    }

    /// Writes what waits, and what comes after it, within limits.
    ///
    /// - Returns: `false` if the connection is broken.
    private func flush(now: UInt64) -> Bool {
        var budget = Self.turnByteCountMax
        while !conversation.output.isEmpty {
            guard budget > 0 else { return true }
            switch transport.write(conversation.output[written...]) {
            case .moved(let byteCount):
                written += byteCount
                budget -= byteCount
                guard written == conversation.output.count else { continue }
                written = 0
                conversation.output.removeAll(keepingCapacity: true)
                conversation.outputTaken(now: now)
            case .wouldBlock:
                return true
            case .endOfStream, .broken:
                return false
            }
        }
        return true
    }

    /// Ends the connection if that is wanted and all output is written.
    private func end(now: UInt64, room: inout [UInt8]) -> Outcome {
        guard let ending = conversation.ending, conversation.output.isEmpty else { return .open }
        switch ending {
        case .reset:
            transport.resetOnClose()
            return .closed
        case .close:
            transport.endOutput()
            lingersUntil = now + Self.lingerMilliseconds
            return linger(now: now, room: &room)
        }
    }

    private func linger(now: UInt64, room: inout [UInt8]) -> Outcome {
        if let lingersUntil, lingersUntil <= now { return .closed }
        switch transport.read(&room) {
        case .moved, .wouldBlock: return .open
        case .endOfStream, .broken: return .closed
        }
    }
}
