internal import Glibc

/// Accepts connections and gives each its turns, on one thread, until SIGTERM or SIGINT.
final class OriginServer {
    private static let listenerToken: UInt64 = 0
    private static let signalToken: UInt64 = 1
    /// How long accepting rests when the process has no descriptor left, in milliseconds.
    private static let acceptPauseMilliseconds: UInt64 = 50

    private var poller: Poller
    private let listener: Descriptor
    private let signals: Descriptor
    private let tls: TLSContext?
    private let tickMilliseconds: UInt64
    private var connections: [UInt64: (connection: Connection, interest: EpollEvents)] = [:]
    private var timers = TimerQueue()
    private var unfinished: [UInt64] = []
    private var nextToken: UInt64 = 2
    private var statistics = Statistics()
    private var acceptsAgainAt: UInt64?
    private var room = [UInt8](repeating: 0, count: 64 * 1024)

    /// The port that is listened on.
    let port: UInt16

    init(
        address: ListenAddress, tls: consuming TLSContext?, tickMilliseconds: UInt64
    ) throws(SystemError) {
        listener = try address.listen()
        let poller = try Poller()
        let signals = try TerminationSignals.descriptor()
        try poller.add(listener.number, .readable, token: Self.listenerToken)
        try poller.add(signals.number, .readable, token: Self.signalToken)
        self.signals = signals
        self.poller = poller
        port = ListenAddress.port(of: listener.number)
        self.tls = tls
        self.tickMilliseconds = tickMilliseconds
    }

    /// Serves until a signal asks for the end.
    func run() throws(SystemError) {
        while true {
            for token in poller.wait(timeoutMilliseconds: timeoutMilliseconds()) {
                switch token {
                case Self.listenerToken: try acceptAll()
                case Self.signalToken: return
                default: turn(token)
                }
            }
            let late = unfinished
            unfinished.removeAll()
            late.forEach(turn)
            let now = Self.now()
            while let token = timers.popDue(now: now) { turn(token) }
            if let time = acceptsAgainAt, time <= now {
                acceptsAgainAt = nil
                try poller.change(listener.number, .readable, token: Self.listenerToken)
            }
        }
    }

    private func timeoutMilliseconds() -> Int32 {
        guard unfinished.isEmpty else { return 0 }
        guard let next = [timers.earliest, acceptsAgainAt].compactMap({ $0 }).min() else {
            return -1
        }
        let now = Self.now()
        return next <= now ? 0 : Int32(min(next - now, 60_000))
    }

    private func acceptAll() throws(SystemError) {
        while true {
            switch Acceptance.next(from: listener.number) {
            case .connection(let number): admit(Descriptor(owning: number))
            case .nobodyWaits: return
            case .exhausted:
                acceptsAgainAt = Self.now() + Self.acceptPauseMilliseconds
                try poller.change(listener.number, [], token: Self.listenerToken)
                return
            }
        }
    }

    private func admit(_ descriptor: consuming Descriptor) {
        let token = nextToken
        nextToken += 1
        let number = descriptor.number
        var on: Int32 = 1
        // SAFETY: the option is an Int32 and its size says so.
        unsafe setsockopt(
            number, Int32(IPPROTO_TCP), TCP_NODELAY, &on, socklen_t(MemoryLayout<Int32>.size))
        let isEncrypted = tls != nil
        let transport = transport(on: descriptor)
        let conversation = Conversation(
            identifier: token - 1, tickMilliseconds: tickMilliseconds, isEncrypted: isEncrypted)
        guard (try? poller.add(number, .readable, token: token)) != nil else { return }
        statistics.connectionsAccepted += 1
        statistics.connectionsOpen += 1
        connections[token] = (Connection(transport, conversation), .readable)
    }

    private func transport(on descriptor: consuming Descriptor) -> Transport {
        switch tls {
        case .some(let context): .tls(context.accept(descriptor))
        case .none: .plain(descriptor)
        }
    }

    /// Gives the connection its turn. It may have ended already; tokens are never used twice.
    private func turn(_ token: UInt64) {
        guard let (connection, interest) = connections[token] else { return }
        let wakeBefore = connection.wakeAt
        let requestsBefore = connection.requestCount
        let outcome = connection.turn(now: Self.now(), statistics: statistics, room: &room)
        statistics.requests += connection.requestCount - requestsBefore
        var wanted: EpollEvents = connection.wantsToRead ? .readable : []
        if connection.wantsToWrite { wanted.insert(.writable) }
        let isWatched =
            wanted == interest
            || (try? poller.change(connection.descriptorNumber, wanted, token: token)) != nil
        guard outcome == .open, isWatched else {
            connections[token] = nil
            statistics.connectionsOpen -= 1
            return
        }
        if wanted != interest { connections[token] = (connection, wanted) }
        if let wakeAt = connection.wakeAt, wakeAt != wakeBefore {
            timers.add(wakeAt, connection: token)
        }
        if connection.isUnfinished { unfinished.append(token) }
    }

    private static func now() -> UInt64 {
        var time = timespec()
        // SAFETY: the clock exists and the time is ours.
        unsafe clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1000 + UInt64(time.tv_nsec) / 1_000_000
    }
}
