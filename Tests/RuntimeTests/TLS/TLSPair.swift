import Glibc
import Runtime

/// A client and a server session over the two ends of a socket pair.
struct TLSPair: ~Copyable {
    var client: TLSSession
    var server: TLSSession
    private let sockets: SocketPair
    private let feed = TLSFeed()

    init(
        client clientContext: TLSClientContext, server serverContext: TLSServerContext,
        name: String,
        resuming resumption: TLSResumption? = nil, now: UInt64 = 0
    ) {
        sockets = SocketPair()
        client = clientContext.makeSession(
            on: sockets.first, to: TLSPeerName(name), through: feed, resuming: resumption, now: now)
        server = serverContext.makeSession(on: sockets.second, through: feed)
    }

    /// Runs both handshakes until neither can go on.
    ///
    /// - Returns: How each ended.
    mutating func handshake() -> (client: TLSProgress, server: TLSProgress) {
        var clientEnd = TLSProgress.wantsRead
        var serverEnd = TLSProgress.wantsRead
        // No handshake takes more flights than this.
        for _ in 0..<8 {
            if clientEnd.isWaiting { clientEnd = client.shakeHands() }
            if serverEnd.isWaiting { serverEnd = server.shakeHands() }
        }
        return (clientEnd, serverEnd)
    }

    /// Closes the socket of the server without telling the client first.
    func cutServer() { sockets.closeSecond() }

    /// The server says nothing more, and does not tell the client first.
    func endServer() { shutdown(sockets.second, Int32(SHUT_WR)) }

    /// The client says nothing more, and does not tell the server first.
    func endClient() { shutdown(sockets.first, Int32(SHUT_WR)) }

    /// Both sessions are of one worker, which has waited for events.
    func beginTurn() { feed.beginTurn() }
}

extension TLSProgress {
    /// Whether the same call is to be made again.
    var isWaiting: Bool { self == .wantsRead || self == .wantsWrite }
}

/// Two connected non-blocking sockets.
final class SocketPair {
    let first: Int32
    let second: Int32
    private var isSecondOpen = true

    init() {
        // As the proxy does: a peer that has gone is an error of the write.
        signal(SIGPIPE, SIG_IGN)
        var ends: [Int32] = [-1, -1]
        let kind = Int32(
            SOCK_STREAM.rawValue | SOCK_NONBLOCK.rawValue | SOCK_CLOEXEC.rawValue)
        precondition(unsafe socketpair(AF_UNIX, kind, 0, &ends) == 0, "no socket pair")
        first = ends[0]
        second = ends[1]
    }

    deinit {
        close(first)
        closeSecond()
    }

    func closeSecond() {
        if isSecondOpen { close(second) }
        isSecondOpen = false
    }
}

extension TLSSession {
    /// One step of the handshake, with what has arrived by now.
    mutating func shakeHands() -> TLSProgress {
        beginReading(endSeen: false)
        return handshake()
    }

    /// Reads once, at most `count` bytes.
    mutating func read(_ count: Int) -> (progress: TLSProgress, bytes: [UInt8]) {
        beginReading(endSeen: false)
        var room = [UInt8](repeating: 0, count: count)
        let progress = unsafe room.withUnsafeMutableBytes { unsafe read(into: $0) }
        guard case .moved(let byteCount) = progress else { return (progress, []) }
        return (progress, Array(room.prefix(byteCount)))
    }

    mutating func write(_ bytes: [UInt8]) -> TLSProgress {
        unsafe bytes.withUnsafeBytes { unsafe write($0) }
    }
}
