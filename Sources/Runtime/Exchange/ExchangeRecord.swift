/// What an exchange keeps of its request: what was tried so far to have it answered, the head as it goes
/// upstream, the texts of its log line, what guards want of the answer and, for a WebSocket, what the client
/// offered.
///
/// No larger than an address; all of it stands in one block: how long the pieces are, the attempts, head,
/// method, host, path, identifiers, changes to the answer's fields, those to the request's while a trailer may
/// come, offer.
@safe
struct ExchangeRecord: BitwiseCopyable {
    /// How long the pieces are.
    private struct Sizes: BitwiseCopyable {
        var head: UInt32 = 0
        var changes: UInt16 = 0
        var path: UInt16 = 0
        var requestChanges: UInt16 = 0
        var host: UInt8 = 0
        var method: UInt8 = 0
        var requestID: UInt8 = 0
        var traceID: UInt8 = 0
        var hasOffer = false
        /// Whether there are attempts behind the sizes.
        var hasAttempts = false
    }

    private var block = Block.none

    private static let methodBytesMax = 32
    private static let hostBytesMax = 255
    private static let attemptsOffset = MemoryLayout<Sizes>.stride

    init() {}

    /// Takes a block and copies everything into it. Texts are cut at what a log line shows.
    init(
        head: borrowing ByteWriter, method: RawSpan, host: RawSpan, path: RawSpan,
        requestID: RawSpan, traceID: RawSpan, answerChanges: RawSpan, requestChanges: RawSpan,
        offer: WebSocketOffer?, pool: inout BlockPool
    ) {
        var sizes = Sizes()
        sizes.head = UInt32(head.count)
        sizes.method = UInt8(min(method.byteCount, Self.methodBytesMax))
        sizes.host = UInt8(min(host.byteCount, Self.hostBytesMax))
        sizes.path = UInt16(min(path.byteCount, Limits.loggedPathBytesMax))
        sizes.requestID = UInt8(min(requestID.byteCount, HeadLimits.requestIDByteCountMax))
        sizes.traceID = UInt8(min(traceID.byteCount, TraceParent.traceID.count))
        sizes.changes = UInt16(answerChanges.byteCount)
        sizes.requestChanges = UInt16(requestChanges.byteCount)
        sizes.hasOffer = offer != nil
        sizes.hasAttempts = true
        block = pool.take(Self.byteCount(sizes))
        self.sizes = sizes
        attempts = UpstreamAttempts()
        var end = store(head.written, at: Self.headOffset(sizes), count: Int(sizes.head))
        end = store(method, at: end, count: Int(sizes.method))
        end = store(host, at: end, count: Int(sizes.host))
        end = store(path, at: end, count: Int(sizes.path))
        end = store(requestID, at: end, count: Int(sizes.requestID))
        end = store(traceID, at: end, count: Int(sizes.traceID))
        end = store(answerChanges, at: end, count: Int(sizes.changes))
        end = store(requestChanges, at: end, count: Int(sizes.requestChanges))
        if let offer, let base = unsafe block.base {
            // SAFETY: `byteCount` counts the offer's bytes; unaligned stores of plain values are allowed.
            unsafe base.storeBytes(of: offer, toByteOffset: end, as: WebSocketOffer.self)
        }
    }

    private var sizes: Sizes {
        @inline(always)
        get {
            guard let base = unsafe block.base else { return Sizes() }
            // SAFETY: each block of a record begins with its sizes.
            return unsafe base.load(as: Sizes.self)
        }
        @inline(always)
        nonmutating set {
            guard let base = unsafe block.base else { return }
            // SAFETY: as above.
            unsafe base.storeBytes(of: newValue, as: Sizes.self)
        }
    }

    /// What was tried so far. Of a tunnel nothing is known any more, and nothing is kept.
    var attempts: UpstreamAttempts {
        @inline(always)
        get {
            guard sizes.hasAttempts, let base = unsafe block.base else {
                return UpstreamAttempts()
            }
            // SAFETY: they stand behind the sizes, which say that they do.
            return unsafe base.load(
                fromByteOffset: Self.attemptsOffset, as: UpstreamAttempts.self)
        }
        @inline(always)
        nonmutating set {
            guard sizes.hasAttempts, let base = unsafe block.base else { return }
            // SAFETY: as above.
            unsafe base.storeBytes(
                of: newValue, toByteOffset: Self.attemptsOffset, as: UpstreamAttempts.self)
        }
    }

    /// Where the first piece stands.
    private static func headOffset(_ sizes: Sizes) -> Int {
        attemptsOffset + (sizes.hasAttempts ? MemoryLayout<UpstreamAttempts>.stride : 0)
    }

    private static func byteCount(_ sizes: Sizes) -> Int {
        let texts =
            Int(sizes.method) + Int(sizes.host) + Int(sizes.path) + Int(sizes.requestID)
            + Int(sizes.traceID)
        let offer = sizes.hasOffer ? MemoryLayout<WebSocketOffer>.size : 0
        let changes = Int(sizes.changes) + Int(sizes.requestChanges)
        return headOffset(sizes) + Int(sizes.head) + texts + changes + offer
    }

    private var headOffset: Int { Self.headOffset(sizes) }
    private var methodOffset: Int { headOffset + Int(sizes.head) }
    private var hostOffset: Int { methodOffset + Int(sizes.method) }
    private var pathOffset: Int { hostOffset + Int(sizes.host) }
    private var requestIDOffset: Int { pathOffset + Int(sizes.path) }
    private var traceIDOffset: Int { requestIDOffset + Int(sizes.requestID) }
    private var changesOffset: Int { traceIDOffset + Int(sizes.traceID) }
    private var requestChangesOffset: Int { changesOffset + Int(sizes.changes) }
    private var offerOffset: Int { requestChangesOffset + Int(sizes.requestChanges) }

    /// Size of the head for the upstream.
    var headByteCount: Int { Int(sizes.head) }

    /// The head for the upstream. Valid until the record changes.
    @unsafe
    var head: UnsafeRawBufferPointer {
        // SAFETY: the head is a piece of the block, which was sized for it.
        unsafe piece(at: headOffset, count: Int(sizes.head))
    }
    /// The method, for the log. The borrow ends before the record changes.
    var method: RawSpan {
        @_lifetime(borrow self)
        get { text(at: methodOffset, count: Int(sizes.method)) }
    }
    /// The host as the client named it, for the log.
    var host: RawSpan {
        @_lifetime(borrow self)
        get { text(at: hostOffset, count: Int(sizes.host)) }
    }
    /// The target as the client sent it, for the log.
    var path: RawSpan {
        @_lifetime(borrow self)
        get { text(at: pathOffset, count: Int(sizes.path)) }
    }

    /// What names the request for the client and the upstream, for the log.
    var requestID: RawSpan {
        @_lifetime(borrow self)
        get { text(at: requestIDOffset, count: Int(sizes.requestID)) }
    }
    /// What names the trace that it belongs to, for the log.
    var traceID: RawSpan {
        @_lifetime(borrow self)
        get { text(at: traceIDOffset, count: Int(sizes.traceID)) }
    }

    /// Whether guards want something of the answer's fields.
    var hasAnswerChanges: Bool { sizes.changes > 0 }

    /// What they want: see ``FieldChange``.
    var answerChanges: RawSpan {
        @_lifetime(borrow self)
        get { text(at: changesOffset, count: Int(sizes.changes)) }
    }

    /// What they want of the request's fields, if a trailer may follow its content: see ``FieldChange``.
    var requestChanges: RawSpan {
        @_lifetime(borrow self)
        get { text(at: requestChangesOffset, count: Int(sizes.requestChanges)) }
    }

    /// What the client's handshake offered, if it was one.
    var offer: WebSocketOffer? {
        guard sizes.hasOffer, let base = unsafe block.base else { return nil }
        // SAFETY: stored at this offset by `init`; any bit pattern is a plain value.
        return unsafe base.loadUnaligned(fromByteOffset: offerOffset, as: WebSocketOffer.self)
    }

    /// Drops all but the texts of the log and moves them to a block of their size: what a long tunnel keeps.
    mutating func shrink(pool: inout BlockPool) {
        let textOffset = methodOffset
        let textCount = changesOffset - textOffset
        var kept = sizes
        kept.head = 0
        kept.changes = 0
        kept.requestChanges = 0
        kept.hasOffer = false
        kept.hasAttempts = false
        var smaller = pool.take(Self.byteCount(kept))
        if let old = unsafe block.base, let new = unsafe smaller.base {
            // SAFETY: both blocks hold at least `textCount` bytes at these offsets.
            unsafe (new + Self.headOffset(kept)).copyMemory(
                from: old + textOffset, byteCount: textCount)
        }
        swap(&block, &smaller)
        pool.giveBack(&smaller)
        sizes = kept
    }

    /// Gives the block back.
    mutating func release(to pool: inout BlockPool) {
        pool.giveBack(&block)
        self = ExchangeRecord()
    }

    @_lifetime(borrow self)
    private func text(at offset: Int, count: Int) -> RawSpan {
        // SAFETY: the piece lies in the block, which the record holds.
        let bytes = unsafe piece(at: offset, count: count)
        return unsafe _overrideLifetime(RawSpan(_unsafeBytes: bytes), borrowing: self)
    }

    private func piece(at offset: Int, count: Int) -> UnsafeRawBufferPointer {
        guard let base = unsafe block.base else {
            // SAFETY: a buffer without memory has no bytes.
            return unsafe UnsafeRawBufferPointer(start: nil, count: 0)
        }
        // SAFETY: offsets and counts are those that the block was sized for.
        return unsafe UnsafeRawBufferPointer(start: base + offset, count: count)
    }

    /// - Returns: Where the next piece goes.
    @inline(always)
    private func store(_ bytes: RawSpan, at offset: Int, count: Int) -> Int {
        guard count > 0, let base = unsafe block.base else { return offset }
        // SAFETY: the block was sized for all pieces; `count` is at most the span's.
        unsafe bytes.withUnsafeBytes { from in
            if let start = from.baseAddress {
                unsafe (base + offset).copyMemory(from: start, byteCount: count)
            }
        }
        return offset + count
    }
}
