/// One socket of a worker, to a client or to an upstream, and what it waits for.
///
/// Lives in a slot of the worker's slab. Owns no buffer while nothing is pending.
struct Connection: ~Copyable {
    enum Side: UInt8, BitwiseCopyable { case client, upstream }

    enum Stage: UInt8, BitwiseCopyable {
        /// Client: the PROXY header has not come yet.
        case announcing
        /// Upstream: the TCP handshake is under way.
        case connecting
        /// Upstream: the proxy on the way is asked for a connection to the backend.
        case proxying
        /// The TLS handshake is under way.
        case handshaking
        /// Client: no request is in progress; the head of one may have begun to arrive.
        case awaitingRequest
        /// Part of an exchange, until that ends.
        case exchanging
        /// Client: its request waits for what a guard will say.
        case suspended
        /// Upstream: kept for the next request.
        case pooled
        /// The last byte is on its way; what comes is read and dropped until the peer closes.
        case lingering
    }

    struct Flags: OptionSet, BitwiseCopyable {
        let rawValue: UInt16

        /// Something may be there to read that no event will announce again.
        static let readable = Flags(rawValue: 1 << 0)
        /// The kernel has announced that the peer is done, or an error.
        static let endSeen = Flags(rawValue: 1 << 1)
        /// To be closed as soon as nothing is pending.
        static let closesWhenFlushed = Flags(rawValue: 1 << 2)
        /// Stands in the worker's list of connections to be continued.
        static let isQueued = Flags(rawValue: 1 << 3)
        /// Nothing more will be written: the other side of a tunnel has ended.
        static let finishesWhenFlushed = Flags(rawValue: 1 << 4)
        /// The peer's end of stream has been read.
        static let ended = Flags(rawValue: 1 << 5)
        /// A request has begun on it before: from now on it may be idle between two.
        static let servedBefore = Flags(rawValue: 1 << 6)
        /// A write failed; what can still be read is.
        static let writeFailed = Flags(rawValue: 1 << 7)
        /// Upstream: carries a request of the proxy's own, not an exchange.
        static let isOwnRequest = Flags(rawValue: 1 << 8)
        /// Upstream: the proxy on the way lets bytes through.
        static let isThroughProxy = Flags(rawValue: 1 << 9)
        /// Client: counts for `max_connections_per_client`.
        static let isCounted = Flags(rawValue: 1 << 10)
        /// Client: the PROXY header named nobody. Who sends the requests is not the peer, so what they say
        /// of whom they come from is not believed.
        static let isAnonymous = Flags(rawValue: 1 << 11)
        /// Upstream: the request that it was dialled for has gone elsewhere. No client has it, so that it shares
        /// the bit of one that only clients have: all sixteen are in use.
        static let isSpareDial = isAnonymous
        /// Client: has begun to speak TLS and waits for its turn.
        static let awaitsHandshake = Flags(rawValue: 1 << 12)
        /// Nothing more will be written, or that is to happen once all is flushed.
        static let saidEnd = Flags(rawValue: 1 << 13)
        /// The kernel reports when it takes bytes. Who was never kept waiting is not asked.
        static let watchesOutput = Flags(rawValue: 1 << 14)
        /// In a tunnel or a content: the last read was full and the other side took all of it at once.
        static let isBulk = Flags(rawValue: 1 << 15)
    }

    var stream: Stream
    let side: Side
    var stage: Stage
    var flags = Flags()
    /// How much of a head that arrives in pieces was looked at. Lingering: what was read and dropped.
    var progress: UInt32 = 0
    /// The exchange that this connection is part of, or the request of the proxy's own, or the one that waits;
    /// meaningful in the stages that say so.
    var exchange: UInt32 = .max
    /// Upstream: the worker's table that its endpoint belongs to.
    var table: UInt32
    /// Client: the port that host rules are compared with. Upstream: index of the endpoint in its table.
    var origin: UInt32
    /// Neighbours in the list of idle connections of an endpoint.
    var nextPooled: UInt32 = .max
    var previousPooled: UInt32 = .max
    /// When the stage began, or the first byte of a head came.
    var stageSince: MonotonicMilliseconds
    /// When bytes last moved on this socket.
    var lastActivity: MonotonicMilliseconds
    /// When the peer last took bytes, or bytes began to wait for it.
    var lastWritten: MonotonicMilliseconds
    /// What the peer did not take yet.
    var outgoing = PendingBytes()
    /// What was read and can't be used yet.
    var incoming = PendingBytes()
    /// The peer's address. A client's may come from a PROXY header.
    var peer: SocketAddress
    /// What is said to the proxy on the way.
    var dialogue = ProxyDialogue(isSOCKS: false)

    /// Upstream, from the head of its answer on until it carries another request: how long it may be idle in
    /// between, as its peer says. Stands where ``progress`` does, which is of no use then.
    var idleMillisecondsMax: UInt32 {
        get { ~progress }
        set { progress = ~newValue }
    }

    /// Whether something is left to be read, here or at the kernel, that no event may announce. Mutating, so that
    /// the connection is not copied to be asked (Swift 6.3).
    var hasMoreInput: Bool {
        @inline(always)
        mutating get { !incoming.isEmpty || flags.contains(.readable) }
    }

    init(
        stream: consuming Stream, side: Side, stage: Stage, table: UInt32, origin: UInt32,
        peer: SocketAddress, now: MonotonicMilliseconds
    ) {
        self.stream = stream
        self.side = side
        self.stage = stage
        self.table = table
        self.origin = origin
        self.peer = peer
        stageSince = now
        lastActivity = now
        lastWritten = now
    }

    /// Enters a stage; its time counts from now.
    mutating func enter(_ stage: Stage, now: MonotonicMilliseconds) {
        self.stage = stage
        flags.remove(.isBulk)
        if stage == .lingering { progress = 0 }
        stageSince = now
        lastActivity = now
    }
}
