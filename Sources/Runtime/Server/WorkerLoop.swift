import RouteTable

/// Everything that one worker thread owns, and its event loop.
///
/// A value on the thread's stack, passed on as `inout self`: nothing of it is shared, counted or
/// checked at run time. Protocol decisions are made by values (``ExchangeState``, the parsers and
/// writers of HTTP); this type moves the bytes.
struct WorkerLoop: ~Copyable {
    let index: Int
    let mailbox: WorkerMailbox
    let control: ControlMailbox
    let logs: Logs

    var poller: Poller
    var connections: Slab<Connection>
    var exchanges: Slab<Exchange>
    var tables: Slab<WorkerTable>
    var timers: TimerWheel
    var blocks = BlockPool()
    var scratch = ScratchBuffer(capacity: Limits.scratchBytes)
    /// Where ciphertext is received.
    let feed = TLSFeed()
    var fields = HeaderFields(capacity: Limits.fieldsMax)
    /// Heads and answers are written here before they go to a socket or a block.
    var writer = ByteWriter(capacity: Limits.writerBytes)
    /// Request targets are composed here.
    var target = ByteWriter(capacity: Limits.targetBytes)
    var random: RandomBits
    /// What the guards of the request at hand have asked for.
    var guards = GuardScratch()
    /// Requests that wait for what a guard will say.
    var suspended: Slab<SuspendedRequest>
    /// What `forward_auth` is being asked.
    var questions: Slab<AuthQuestion>
    let passwords: PasswordDesk

    var listeners: [ListenerState] = []
    /// The table that new requests are matched against.
    var currentTable: UInt32
    /// The table of the request at hand: the current one, or for a request that had to wait, the one that
    /// it began with.
    var requestTable: UInt32
    /// What picks among weighted targets for the request at hand.
    var requestDraw: UInt32 = 0
    var timeouts: ClientTimeouts
    var bounds: ClientBounds
    let descriptorCountMax: UInt64
    let register: ClientRegister
    /// Bytes taken from a socket in one call: what may wait for the other side before this one is no
    /// longer read, so `buffer_size` bounds it.
    var readBytesMax: Int

    /// Connections to be continued before the next wait, because no event will announce them.
    var ready: [ConnectionToken] = []
    var readyBatch: [ConnectionToken] = []
    var expired: [UInt32] = []
    var messages: [WorkerMessage] = []

    /// Access lines of this turn.
    var lines = ByteWriter(capacity: 4 * AccessLine.byteCountMax)
    var lineCount = 0
    var logTime = LogTime.now()
    /// When each kind of pressure was last written to the log; once a second is enough.
    var lastSaidPressure = InlineArray<4, MonotonicMilliseconds>(repeating: 0)
    /// Requests that were answered with 503 because matching them cost too much.
    var tooExpensiveMatchCount = 0
    var emergency = EmergencyDescriptor()
    /// Where the search for a client to close goes on, and when it last found none.
    var evictionHand: UInt32 = 0
    var evictionFailed = MonotonicMilliseconds.max

    /// Sampled once per turn.
    var now: MonotonicMilliseconds
    var nowMicroseconds: UInt64
    /// What the last content that was refused is answered with.
    var contentFaultStatus = HTTPStatus.badRequest
    /// Health checks. Only the first worker makes them, for all.
    var probes: [HealthProbe] = []
    /// When the next check is due.
    var nextProbe: MonotonicMilliseconds?
    var clientCount = 0
    /// What the control thread asked about streams and has no whole answer yet.
    var inquiries: [OpenInquiry] = []
    var drainDeadline: MonotonicMilliseconds?
    var drainReason = DrainReason.signal
    var isStopped = false

    /// - Parameter poller: Watches nothing yet.
    init(_ setup: WorkerSetup, poller: consuming Poller) {
        self.poller = poller
        index = setup.index
        mailbox = setup.mailbox
        control = setup.control
        logs = setup.logs
        nowMicroseconds = Clock.monotonicMicroseconds()
        now = nowMicroseconds / 1_000
        let capacity = Self.connectionCapacity(setup)
        connections = Slab(capacity: capacity)
        exchanges = Slab(capacity: capacity)
        suspended = Slab(capacity: capacity)
        questions = Slab(capacity: capacity)
        passwords = setup.passwords
        tables = Slab(capacity: Limits.tablesMax)
        timers = TimerWheel(capacity: capacity, now: now)
        random = RandomBits(seed: nowMicroseconds ^ UInt64(setup.index) &<< 32)
        timeouts = ClientTimeouts(setup.generation.settings)
        descriptorCountMax = setup.descriptorCountMax
        bounds = ClientBounds(
            setup.generation.settings, descriptorCountMax: setup.descriptorCountMax)
        register = setup.register
        readBytesMax = Limits.readBytes(for: setup.generation.settings)
        let table = WorkerTable(setup.generation, workerIndex: setup.index, now: now)
        currentTable = tables.insert(table).slot
        requestTable = currentTable
    }

    /// Begins to listen, to clients and to the control thread.
    mutating func start(_ setup: WorkerSetup) throws(SystemError) {
        try poller.addInput(mailbox.descriptor, data: EventSource.mailbox.eventData)
        for listener in setup.listeners { try open(listener) }
        setUpProbes()
        control.post(.started(workerIndex: index))
    }

    /// No worker can have more connections than the process may have descriptors.
    private static func connectionCapacity(_ setup: WorkerSetup) -> Int {
        min(Limits.connectionsMax, Int(clamping: setup.descriptorCountMax))
    }

    /// Serves until it has drained or was stopped.
    mutating func run() {
        while !isDone {
            turn()
        }
        control.post(.finished(workerIndex: index))
    }

    private var isDone: Bool {
        isStopped || (drainDeadline != nil && clientCount == 0)
    }

    /// One turn: wait, serve what happened, then what is due.
    private mutating func turn() {
        let count = poller.wait(milliseconds: sleepMilliseconds())
        nowMicroseconds = Clock.monotonicMicroseconds()
        now = nowMicroseconds / 1_000
        if count > 0, logs.hasAccessLog { logTime.update(to: LogTime.nowMilliseconds()) }
        for index in 0..<count { handle(poller.event(at: index)) }
        continueReady()
        fireTimers()
        runProbes()
        if !inquiries.isEmpty { answerInquiries() }
        if let deadline = drainDeadline, now >= deadline { endDrain() }
        flushLines()
    }

    private func sleepMilliseconds() -> UInt64? {
        if !ready.isEmpty || !inquiries.isEmpty { return 0 }
        var sleep = timers.sleepMilliseconds(from: now)
        if let due = nextProbe {
            let left = due > now ? due - now : 0
            sleep = min(sleep ?? left, left)
        }
        if let deadline = drainDeadline {
            let left = deadline > now ? deadline - now : 0
            sleep = min(sleep ?? left, left)
        }
        return sleep
    }

    private mutating func handle(_ event: Poller.Event) {
        let token = ConnectionToken(eventData: event.data)
        guard token.generation != 0 else { return handleSource(EventSource(token)) }
        guard connections.generation(of: token.slot) == token.generation else { return }
        if event.isEnd { connections[token.slot].flags.insert(.endSeen) }
        if event.isReadable { connections[token.slot].flags.insert(.readable) }
        if event.isBroken, isLost(token.slot) { return connectionBroke(token.slot) }
        if event.isWritable {
            becomeWritable(token.slot)
            guard isAlive(token) else { return }
        }
        if event.isReadable { becomeReadable(token.slot) }
    }

    /// Whether a reset leaves nothing to be read: a client in the middle of an exchange has left, and a
    /// side of a tunnel whose end was read has nothing more to say.
    private func isLost(_ slot: UInt32) -> Bool {
        guard connections[slot].flags.isDisjoint(with: [.isProbe, .isQuestion]) else {
            return false
        }
        guard connections[slot].stage == .exchanging else { return false }
        return connections[slot].side == .client || connections[slot].flags.contains(.ended)
    }

    private mutating func handleSource(_ source: EventSource) {
        switch source {
        case .mailbox: readMailbox()
        case .listener(let id): acceptClients(onListener: id)
        }
    }

    /// Continues the connections that asked for it, once each; those that ask again wait for the next turn.
    private mutating func continueReady() {
        guard !ready.isEmpty else { return }
        swap(&ready, &readyBatch)
        for token in readyBatch where isAlive(token) {
            connections[token.slot].flags.remove(.isQueued)
            becomeReadable(token.slot)
        }
        readyBatch.removeAll(keepingCapacity: true)
    }

    /// Has `slot` continued before the loop waits again.
    mutating func enqueue(_ slot: UInt32) {
        guard !connections[slot].flags.contains(.isQueued) else { return }
        connections[slot].flags.insert(.isQueued)
        ready.append(token(of: slot))
    }

    /// Whether the connection that `token` names is still there.
    func isAlive(_ token: ConnectionToken) -> Bool {
        token.generation != 0 && connections.generation(of: token.slot) == token.generation
    }

    /// The name of the connection in `slot`.
    func token(of slot: UInt32) -> ConnectionToken {
        ConnectionToken(slot: slot, generation: connections[slot].generation)
    }

    mutating func becomeReadable(_ slot: UInt32) {
        switch connections[slot].side {
        case .client: clientReadable(slot)
        case .upstream: upstreamReadable(slot)
        }
    }

    private mutating func becomeWritable(_ slot: UInt32) {
        switch connections[slot].stage {
        case .connecting: finishConnecting(slot)
        case .handshaking: continueHandshake(slot)
        case .announcing, .awaitingRequest, .proxying, .exchanging, .suspended, .pooled,
            .lingering:
            if !connections[slot].outgoing.isEmpty, connections[slot].stage != .proxying {
                flush(slot)
            }
        }
    }
}
