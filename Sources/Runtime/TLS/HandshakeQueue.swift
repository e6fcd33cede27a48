/// Clients that wait for a place among the TLS handshakes, in the order of coming.
struct HandshakeQueue {
    private var tokens: [ConnectionToken] = []
    /// Those in front of it had their turn.
    private var first = 0

    var isEmpty: Bool { first == tokens.count }

    mutating func append(_ token: ConnectionToken) { tokens.append(token) }

    /// Takes the one that came first, or the last one. Somebody must wait.
    mutating func take(newest: Bool) -> ConnectionToken {
        let token = newest ? tokens.removeLast() : tokens[first]
        if !newest { first += 1 }
        if isEmpty {
            tokens.removeAll(keepingCapacity: tokens.count < 64)
            first = 0
        } else if first >= 256 {
            // Moving the rest costs each of them little.
            tokens.removeFirst(first)
            first = 0
        }
        return token
    }

    /// Takes all that wait, and gives their memory back.
    mutating func takeAll() -> ArraySlice<ConnectionToken> {
        let taken = tokens[first...]
        tokens = []
        first = 0
        return taken
    }
}
