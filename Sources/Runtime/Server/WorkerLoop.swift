import RouteTable

/// Everything that one worker thread owns, and its event loop.
///
/// A value on the thread's stack, passed on as `inout self`: what changes with a request belongs to this
/// thread alone. Shared with others are the mailboxes, logs, figures, register and passwords, and the
/// generations that its tables are of: counted references, each of which sees to its own order. Protocol
/// decisions are made by values (``ExchangeState``, the parsers and writers of HTTP); this type moves the bytes.
struct WorkerLoop: ~Copyable {
    let index: Int
    let mailbox: WorkerMailbox
    /// The mailboxes of all workers, this one's among them.
    let peers: [WorkerMailbox]
    let control: ControlMailbox
    let logs: Logs
    let metrics: WorkerMetrics
    let registry: MetricsRegistry

    var poller: Poller
    var connections: Slab<Connection>
    var exchanges: Slab<Exchange>
    /// Of exchanges whose answer may be kept, or may be one that was.
    var keepers: Slab<AnswerKeeper>
    var recentAnswers = RecentAnswers()
    /// Of exchanges that were upgraded.
    var sessions: Slab<WebSocketSession>
    var tables: Slab<WorkerTable>
    var timers: TimerWheel
    var blocks = BlockPool()
    var scratch = ScratchBuffer(capacity: Limits.scratchBytes)
    /// Where ciphertext is received.
    let feed = TLSFeed()
    var handshakes = HandshakeGate(countMax: Limits.handshakesPerWorkerMax)
    var memoryTrim = MemoryTrim()
    var fields = HeaderFields(capacity: Limits.fieldsMax)
    /// Heads and answers are written here before they go to a socket or a block.
    var writer = ByteWriter(capacity: Limits.writerBytes)
    /// Request targets are composed here.
    var target = ByteWriter(capacity: Limits.targetBytes)
    /// Field lines that are added to a request.
    var extraFields = ByteWriter(capacity: Limits.extraFieldBytes)
    var random: RandomBits
    /// What the guards of the request at hand have asked for.
    var guards = GuardScratch()
    /// Requests that wait for what a guard will say.
    var suspended: Slab<SuspendedRequest>
    /// Requests of the proxy's own.
    var ownRequests: Slab<OwnRequest>
    let passwords: PasswordDesk
    var pace = TurnPace()

    var listeners: [ListenerState] = []
    /// The table that new requests are matched against.
    var currentTable: UInt32
    /// The table of the request at hand: the current one, or for a request that had to wait, the one that
    /// it began with.
    var requestTable: UInt32
    /// What picks among weighted targets for the request at hand.
    var requestDraw: UInt32 = 0
    /// When the first byte of the request at hand came.
    var requestStartMicroseconds: UInt64 = 0
    var timeouts: ClientTimeouts
    var bounds: ClientBounds
    let descriptorCountMax: UInt64
    let register: ConnectionRegister
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
    /// Where they go.
    var lineQueue: LogQueue
    /// The trace of the request that is being forwarded, unless it brought one.
    var madeTrace = TraceParent(0, 0, span: 0, isRecorded: false)
    var logTime = LogTime.now()
    /// When ``ByteWriter/date`` is another one.
    var dateDue: MonotonicMilliseconds = 0
    /// When each ``Pressure`` was last written to the log, and a PROXY header that was refused.
    var lastSaidPressure = InlineArray<5, MonotonicMilliseconds>(repeating: 0)
    var lastSaidRefusedHeader: MonotonicMilliseconds = 0
    /// Requests that were answered with 503 because matching them cost too much.
    var tooExpensiveMatchCount = 0
    var emergency = EmergencyDescriptor()
    /// Where the search for a client to close goes on.
    var evictionHand: UInt32 = 0
    /// When that search last found none, for each need.
    var evictionFailed = InlineArray<2, MonotonicMilliseconds>(repeating: .max)
    /// A client that waits for a place, and how long it does.
    var newcomer: Newcomer?
    var placeWait = PlaceWait()

    /// Sampled once per turn.
    var now: MonotonicMilliseconds
    var nowMicroseconds: UInt64
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
        // No field is read before all are set: Swift 6.3.1 would take the poller for set as well, and closing that
        // one first closes descriptor 0.
        self.poller = poller
        index = setup.index
        mailbox = setup.mailbox
        peers = setup.peers
        control = setup.control
        logs = setup.logs
        lineQueue = setup.logs.access
        registry = setup.registry
        metrics = setup.registry.workers[setup.index]
        nowMicroseconds = Clock.monotonicMicroseconds()
        now = nowMicroseconds / 1_000
        let capacity = Self.connectionCapacity(setup.descriptorCountMax)
        connections = Slab(capacity: capacity)
        exchanges = Slab(capacity: capacity)
        sessions = Slab(capacity: capacity)
        keepers = Slab(capacity: capacity)
        suspended = Slab(capacity: capacity)
        ownRequests = Slab(capacity: capacity)
        passwords = setup.passwords
        tables = Slab(capacity: Limits.tablesMax)
        timers = TimerWheel(capacity: capacity, now: now)
        random = RandomBits(seed: nowMicroseconds ^ UInt64(setup.index) &<< 32)
        timeouts = ClientTimeouts(setup.generation.settings)
        descriptorCountMax = setup.descriptorCountMax
        bounds = ClientBounds(
            setup.generation.settings, descriptorCountMax: setup.descriptorCountMax,
            ownCount: ClientBounds.ownCount(
                workers: setup.workerCount, listeners: setup.listeners.count, tables: 1,
                logFiles: setup.generation.logPaths.count))
        register = setup.register
        readBytesMax = Limits.readBytes(for: setup.generation.settings)
        let table = WorkerTable(
            setup.generation, workerIndex: setup.index, setup.registry, setup.logs, now: now)
        currentTable = tables.insert(table).slot
        requestTable = currentTable
    }

    /// Begins to listen, to clients and to the control thread.
    mutating func start(_ setup: WorkerSetup) throws(SystemError) {
        precondition(lastSaidPressure.count == Pressure.allCases.count, "no place for a pressure")
        try poller.addInput(mailbox.descriptor, data: EventSource.mailbox.eventData)
        for listener in setup.listeners { try open(listener) }
        setUpProbes()
        control.post(.started(workerIndex: index))
    }

    /// No worker can have more connections than the process may have descriptors.
    private static func connectionCapacity(_ descriptorCountMax: UInt64) -> Int {
        min(Limits.connectionsMax, Int(clamping: descriptorCountMax))
    }

    /// Bytes of address space that the slots of a worker take, whether they are used or not.
    static func reservedByteCount(descriptorCountMax: UInt64) -> Int {
        let capacity = connectionCapacity(descriptorCountMax)
        return Slab<Connection>.reservedByteCount(capacity: capacity)
            + Slab<Exchange>.reservedByteCount(capacity: capacity)
            + Slab<WebSocketSession>.reservedByteCount(capacity: capacity)
            + Slab<AnswerKeeper>.reservedByteCount(capacity: capacity)
            + Slab<SuspendedRequest>.reservedByteCount(capacity: capacity)
            + Slab<OwnRequest>.reservedByteCount(capacity: capacity)
    }

    /// Has `slot` continued before the loop waits again.
    mutating func enqueue(_ slot: UInt32) {
        guard !connections[slot].flags.contains(.isQueued) else { return }
        connections[slot].flags.insert(.isQueued)
        ready.append(token(of: slot))
    }

    /// Whether the connection that `token` names is still there.
    mutating func isAlive(_ token: ConnectionToken) -> Bool {
        token.generation != 0 && connections.generation(of: token.slot) == token.generation
    }

    /// The name of the connection in `slot`.
    mutating func token(of slot: UInt32) -> ConnectionToken {
        ConnectionToken(slot: slot, generation: connections.generation(of: slot))
    }
}
