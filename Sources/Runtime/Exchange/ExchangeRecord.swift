/// What an exchange keeps of its request: the head as it goes upstream, the texts of its log line, what
/// guards want of the answer and, for a WebSocket, what the client offered.
///
/// All in one block: head, method, host, path, identifiers, changes to the answer's fields, offer.
@safe
struct ExchangeRecord: BitwiseCopyable {
    private var block = Block.none
    private var headCount: UInt32 = 0
    private var changesCount: UInt16 = 0
    private var pathCount: UInt16 = 0
    private var hostCount: UInt16 = 0
    private var methodCount: UInt8 = 0
    private var requestIDCount: UInt8 = 0
    private var traceIDCount: UInt8 = 0
    private var hasOffer = false

    private static let methodBytesMax = 32
    private static let hostBytesMax = 255

    init() {}

    /// Takes a block and copies everything into it. Texts are cut at what a log line shows.
    init(
        head: borrowing ByteWriter, method: RawSpan, host: RawSpan, path: RawSpan,
        requestID: RawSpan, traceID: RawSpan, answerChanges: RawSpan, offer: WebSocketOffer?,
        pool: inout BlockPool
    ) {
        headCount = UInt32(head.count)
        methodCount = UInt8(min(method.byteCount, Self.methodBytesMax))
        hostCount = UInt16(min(host.byteCount, Self.hostBytesMax))
        pathCount = UInt16(min(path.byteCount, Limits.loggedPathBytesMax))
        requestIDCount = UInt8(min(requestID.byteCount, HeadLimits.requestIDByteCountMax))
        traceIDCount = UInt8(min(traceID.byteCount, TraceParent.traceID.count))
        changesCount = UInt16(answerChanges.byteCount)
        hasOffer = offer != nil
        block = pool.take(max(1, byteCount))
        store(head.written, at: 0, count: Int(headCount))
        store(method, at: methodOffset, count: Int(methodCount))
        store(host, at: hostOffset, count: Int(hostCount))
        store(path, at: pathOffset, count: Int(pathCount))
        store(requestID, at: requestIDOffset, count: Int(requestIDCount))
        store(traceID, at: traceIDOffset, count: Int(traceIDCount))
        store(answerChanges, at: changesOffset, count: Int(changesCount))
        if let offer, let base = unsafe block.base {
            // SAFETY: `byteCount` counts the offer's bytes; unaligned stores of plain values are allowed.
            unsafe base.storeBytes(of: offer, toByteOffset: offerOffset, as: WebSocketOffer.self)
        }
    }

    private var methodOffset: Int { Int(headCount) }
    private var hostOffset: Int { methodOffset + Int(methodCount) }
    private var pathOffset: Int { hostOffset + Int(hostCount) }
    private var requestIDOffset: Int { pathOffset + Int(pathCount) }
    private var traceIDOffset: Int { requestIDOffset + Int(requestIDCount) }
    private var changesOffset: Int { traceIDOffset + Int(traceIDCount) }
    private var offerOffset: Int { changesOffset + Int(changesCount) }
    private var byteCount: Int { offerOffset + (hasOffer ? MemoryLayout<WebSocketOffer>.size : 0) }

    /// Size of the head for the upstream.
    var headByteCount: Int { Int(headCount) }

    /// The head for the upstream. Valid until the record changes.
    @unsafe
    var head: UnsafeRawBufferPointer {
        // SAFETY: the head is the first piece of the block, which was sized for it.
        unsafe piece(at: 0, count: Int(headCount))
    }
    /// The method, for the log. The borrow ends before the record changes.
    var method: RawSpan {
        @_lifetime(borrow self)
        get { text(at: methodOffset, count: Int(methodCount)) }
    }
    /// The host as the client named it, for the log.
    var host: RawSpan {
        @_lifetime(borrow self)
        get { text(at: hostOffset, count: Int(hostCount)) }
    }
    /// The target as the client sent it, for the log.
    var path: RawSpan {
        @_lifetime(borrow self)
        get { text(at: pathOffset, count: Int(pathCount)) }
    }

    /// What names the request for the client and the upstream, for the log.
    var requestID: RawSpan {
        @_lifetime(borrow self)
        get { text(at: requestIDOffset, count: Int(requestIDCount)) }
    }
    /// What names the trace that it belongs to, for the log.
    var traceID: RawSpan {
        @_lifetime(borrow self)
        get { text(at: traceIDOffset, count: Int(traceIDCount)) }
    }

    /// Whether guards want something of the answer's fields.
    var hasAnswerChanges: Bool { changesCount > 0 }

    /// What they want: see ``FieldChange``.
    var answerChanges: RawSpan {
        @_lifetime(borrow self)
        get { text(at: changesOffset, count: Int(changesCount)) }
    }

    /// What the client's handshake offered, if it was one.
    var offer: WebSocketOffer? {
        guard hasOffer, let base = unsafe block.base else { return nil }
        // SAFETY: stored at this offset by `init`; any bit pattern is a plain value.
        return unsafe base.loadUnaligned(fromByteOffset: offerOffset, as: WebSocketOffer.self)
    }

    /// Drops the head, the changes and the offer and moves the rest to a block of its size: what a long tunnel keeps.
    mutating func shrink(pool: inout BlockPool) {
        let textOffset = methodOffset
        let textCount = changesOffset - textOffset
        var smaller = pool.take(max(1, textCount))
        if let old = unsafe block.base, let new = unsafe smaller.base {
            // SAFETY: both blocks hold at least `textCount` bytes at these offsets.
            unsafe new.copyMemory(from: old + textOffset, byteCount: textCount)
        }
        swap(&block, &smaller)
        pool.giveBack(&smaller)
        headCount = 0
        changesCount = 0
        hasOffer = false
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

    private func store(_ bytes: RawSpan, at offset: Int, count: Int) {
        guard count > 0, let base = unsafe block.base else { return }
        // SAFETY: the block was sized for all pieces; `count` is at most the span's.
        unsafe bytes.withUnsafeBytes { from in
            if let start = from.baseAddress {
                unsafe (base + offset).copyMemory(from: start, byteCount: count)
            }
        }
    }
}
