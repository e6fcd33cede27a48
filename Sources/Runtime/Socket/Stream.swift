/// A socket, with TLS on it or without: what bytes of a peer come from and go to.
struct Stream: ~Copyable {
    /// What one call of ``read(into:endSeen:)`` brought.
    struct Reading: BitwiseCopyable {
        enum Status: UInt8, BitwiseCopyable {
            /// All that had arrived was read: the next bytes announce themselves.
            case drained
            /// There may be more. Nothing will announce it.
            case full
            /// The peer will send nothing more.
            case end
            /// The connection is broken.
            case broken
        }

        var byteCount: Int
        var status: Status
        /// Why it is broken, where TLS says so.
        var failure: TLSFailure?
    }

    // The session goes first: it must end before the number of its descriptor can mean another socket.
    private var session: TLSSession?
    /// What a client will be spoken to with that has not said anything yet: a session takes memory, and
    /// who only connects shall have none.
    private var awaited: TLSServerContext?
    private let socket: Socket

    /// A plain stream.
    init(_ socket: consuming Socket) {
        self.socket = socket
        session = nil
        awaited = nil
    }

    /// A stream that speaks TLS once its handshake is done.
    init(_ socket: consuming Socket, session: consuming TLSSession) {
        self.socket = socket
        self.session = consume session
        awaited = nil
    }

    /// A stream from a client that will speak TLS after ``accept(through:)``.
    init(_ socket: consuming Socket, awaiting context: TLSServerContext) {
        self.socket = socket
        session = nil
        awaited = context
    }

    /// The client has begun to speak: TLS it must be.
    mutating func accept(through feed: borrowing TLSFeed) {
        guard let context = awaited.take() else {
            preconditionFailure("a client that is spoken to already")
        }
        session = context.makeSession(on: socket.descriptor, through: feed)
    }

    /// Begins to speak TLS with whoever is behind the proxy that has been spoken to until now.
    mutating func beginTLS(
        _ context: TLSClientContext, to name: TLSPeerName, through feed: borrowing TLSFeed,
        resuming resumption: TLSResumption?, now: MonotonicMilliseconds
    ) {
        if let outer = session.take() {
            session = context.makeSession(over: outer, to: name, resuming: resumption, now: now)
        } else {
            session = context.makeSession(
                on: socket.descriptor, to: name, through: feed, resuming: resumption, now: now)
        }
    }

    /// Whether the peer has neither ended nor said anything that was not asked for. Costs a system
    /// call.
    var seemsOpen: Bool { socket.seemsOpen }

    /// What the peer has not taken yet of what the kernel was given. Costs two system calls.
    var delivery: Delivery { socket.delivery }

    var descriptor: Int32 { socket.descriptor }
    var isEncrypted: Bool { session != nil || awaited != nil }
    /// Whether the client was not spoken to yet.
    var awaitsClient: Bool { awaited != nil }

    /// The subject of the client's certificate, which may be empty; nil if it has shown none. The bytes live as
    /// long as the stream.
    @unsafe var clientSubject: UnsafeRawBufferPointer? {
        switch session {
        // SAFETY: the session is the stream's.
        case .some(let session): unsafe session.peerSubject
        case .none: nil
        }
    }

    /// The error that a connect ended with, or 0.
    func pendingError() -> Int32 { socket.pendingError() }

    /// Goes on with the TLS handshake.
    ///
    /// - Precondition: The stream is encrypted.
    /// - Parameter endSeen: As for ``read(into:endSeen:)``.
    mutating func handshake(endSeen: Bool) -> TLSProgress {
        session?.beginReading(endSeen: endSeen)
        guard let progress = session?.handshake() else {
            preconditionFailure("a handshake on a plain stream")
        }
        return progress
    }

    /// Looks at the bytes of the socket itself, before any TLS, and leaves them there.
    func peek(into room: UnsafeMutableRawBufferPointer) -> Transfer {
        // SAFETY: the caller's room is lent on as it came, for the call only.
        unsafe socket.peek(into: room)
    }

    /// Takes bytes of the socket itself that were looked at.
    func skip(_ room: UnsafeMutableRawBufferPointer) -> Transfer {
        // SAFETY: the caller's room is lent on as it came, for the call only.
        unsafe socket.read(into: room)
    }

    /// Reads what has arrived, up to the size of `room`.
    ///
    /// - Parameter endSeen: The kernel has announced an end or an error behind the bytes, so a short
    ///   read does not mean that the next event tells about it.
    mutating func read(into room: UnsafeMutableRawBufferPointer, endSeen: Bool) -> Reading {
        // SAFETY: the caller's room is lent on as it came, for the call only.
        if session != nil {
            session?.beginReading(endSeen: endSeen)
            return unsafe readEncrypted(into: room)
        }
        switch unsafe socket.read(into: room) {
        case .moved(let byteCount):
            let isShort = byteCount < room.count
            return Reading(byteCount: byteCount, status: isShort && !endSeen ? .drained : .full)
        case .wouldBlock: return Reading(byteCount: 0, status: .drained)
        case .endOfStream: return Reading(byteCount: 0, status: .end)
        case .broken: return Reading(byteCount: 0, status: .broken)
        }
    }

    /// Reads records until none is left or `room` is full; one record is at most 16 KiB.
    private mutating func readEncrypted(into room: UnsafeMutableRawBufferPointer) -> Reading {
        var filled = 0
        while filled < room.count {
            // SAFETY: `filled` is below the size of the room.
            let rest = unsafe UnsafeMutableRawBufferPointer(rebasing: room[filled...])
            guard let result = unsafe session?.read(into: rest) else {
                preconditionFailure("an encrypted stream lost its session")
            }
            switch result {
            case .moved(let byteCount):
                filled += byteCount
                if session?.isDrained ?? false {
                    return Reading(byteCount: filled, status: .drained)
                }
            case .wantsRead, .wantsWrite: return Reading(byteCount: filled, status: .drained)
            case .endOfStream: return Reading(byteCount: filled, status: filled > 0 ? .full : .end)
            case .done: preconditionFailure("a read is no handshake")
            case .truncated: return broken(filled, .truncated)
            case .failed(let failure): return broken(filled, failure)
            }
        }
        return Reading(byteCount: filled, status: .full)
    }

    /// What came before a session broke is taken first; the next read says that it is broken.
    private func broken(_ byteCount: Int, _ failure: TLSFailure) -> Reading {
        Reading(
            byteCount: byteCount, status: byteCount > 0 ? .full : .broken,
            failure: byteCount > 0 ? nil : failure)
    }

    /// Writes as much of `bytes` as is taken at once.
    mutating func write(_ bytes: UnsafeRawBufferPointer) -> Transfer {
        // SAFETY: the caller's bytes are lent on as they came, for the call only.
        if session == nil { return unsafe socket.write(bytes) }
        var sent = 0
        while sent < bytes.count {
            // SAFETY: `sent` is below the number of bytes.
            let rest = unsafe UnsafeRawBufferPointer(rebasing: bytes[sent...])
            guard let result = unsafe session?.write(rest) else {
                preconditionFailure("an encrypted stream lost its session")
            }
            switch result {
            case .moved(let byteCount): sent += byteCount
            case .wantsRead, .wantsWrite:
                return sent > 0 ? .moved(byteCount: sent) : .wouldBlock
            case .done: preconditionFailure("a write is no handshake")
            case .endOfStream, .truncated, .failed: return .broken(number: 0)
            }
        }
        return .moved(byteCount: sent)
    }

    /// Writes as much of `first` and then `second` as is taken at once.
    mutating func write(
        _ first: UnsafeRawBufferPointer, _ second: UnsafeRawBufferPointer
    ) -> Transfer {
        // SAFETY: the caller's bytes are lent on as they came, for the call only.
        if session == nil { return unsafe socket.write(first, second) }
        let outcome = unsafe write(first)
        guard outcome == .moved(byteCount: first.count) else { return outcome }
        switch unsafe write(second) {
        case .moved(let byteCount): return .moved(byteCount: first.count + byteCount)
        case .wouldBlock, .endOfStream: return outcome
        case .broken(let number): return .broken(number: number)
        }
    }

    /// Says to the peer that nothing more will come; reading goes on.
    mutating func finishWriting() {
        _ = session?.shutdown()
        socket.finishWriting()
    }

    /// Has the kernel find out about a peer that vanished without a word while nothing is sent.
    func probeSilentPeer() { socket.probeSilentPeer() }

    /// Makes the close that follows a reset.
    func resetOnClose() { socket.resetOnClose() }
}
