import RouteTable

/// A request that waits for what a guard will say, with all that is needed to go on: its head is parsed and
/// matched again then, in the table that it began with.
@safe
struct SuspendedRequest: BitwiseCopyable {
    let client: ConnectionToken
    /// The worker's table that it began with, and goes on with.
    let table: UInt32
    let program: GuardProgram
    /// The step that comes next.
    let next: UInt32
    /// What picked among weighted targets.
    let draw: UInt32
    let deadline: MonotonicMilliseconds
    /// What has happened if nobody has said anything by then.
    let lateFault: ExchangeFault
    /// The route that took it.
    let route: RouteIndex?
    /// When its first byte came.
    let startMicroseconds: UInt64
    let service: ServiceIndex?
    let expires: TokenExpiry
    let requestID: RequestIdentifier?
    /// What was read, the changes asked for so far, and the claims, one behind another.
    private var block: Block
    private let receivedCount: UInt32
    private let requestChangesCount: UInt32
    private let answerChangesCount: UInt32
    private let claimsCount: UInt32

    /// Copies what was read and what guards have asked for into a block.
    ///
    /// - Parameters:
    ///   - received: The head and what came with it. Alive during the call.
    ///   - guards: Its spare room is overwritten.
    init(
        _ received: UnsafeRawBufferPointer, client: ConnectionToken, table: UInt32,
        program: GuardProgram, next: UInt32, draw: UInt32, deadline: MonotonicMilliseconds,
        lateFault: ExchangeFault, route: RouteIndex?, startMicroseconds: UInt64,
        guards: inout GuardScratch, pool: inout BlockPool
    ) {
        self.client = client
        self.table = table
        self.program = program
        self.next = next
        self.draw = draw
        self.deadline = deadline
        self.lateFault = lateFault
        self.route = route
        self.startMicroseconds = startMicroseconds
        service = guards.service
        expires = guards.expires
        requestID = guards.requestID
        guards.spare.clear()
        guards.claims.write(to: &guards.spare)
        receivedCount = UInt32(received.count)
        requestChangesCount = UInt32(guards.requestChanges.count)
        answerChangesCount = UInt32(guards.answerChanges.count)
        claimsCount = UInt32(guards.spare.count)
        block = .none
        let changesCount = guards.requestChanges.count + guards.answerChanges.count
        block = pool.take(max(1, received.count + changesCount + guards.spare.count))
        // SAFETY: the caller keeps the bytes alive.
        store(unsafe RawSpan(_unsafeBytes: received), at: 0)
        store(guards.requestChanges.written, at: received.count)
        store(guards.answerChanges.written, at: received.count + guards.requestChanges.count)
        store(
            guards.spare.written, at: received.count + changesCount)
    }

    /// What was read: the head and what came with it.
    var received: UnsafeRawBufferPointer {
        // SAFETY: the block was sized for all pieces.
        unsafe piece(at: 0, count: Int(receivedCount))
    }

    /// Puts back what guards had asked for.
    func restore(into guards: inout GuardScratch) {
        guards.begin()
        guards.service = service
        guards.expires = expires
        guards.requestID = requestID
        var offset = Int(receivedCount)
        // SAFETY: the block was sized for all pieces; their bytes are copied.
        unsafe guards.requestChanges.append(
            RawSpan(_unsafeBytes: piece(at: offset, count: Int(requestChangesCount))))
        offset += Int(requestChangesCount)
        unsafe guards.answerChanges.append(
            RawSpan(_unsafeBytes: piece(at: offset, count: Int(answerChangesCount))))
        offset += Int(answerChangesCount)
        unsafe guards.claims.read(
            RawSpan(_unsafeBytes: piece(at: offset, count: Int(claimsCount))))
    }

    /// Gives the block back.
    mutating func release(to pool: inout BlockPool) { pool.giveBack(&block) }

    private func piece(at offset: Int, count: Int) -> UnsafeRawBufferPointer {
        guard let base = unsafe block.base else {
            preconditionFailure("a request that waits has a block")
        }
        // SAFETY: offsets and counts are those that the block was sized for.
        return unsafe UnsafeRawBufferPointer(start: base + offset, count: count)
    }

    private func store(_ bytes: RawSpan, at offset: Int) {
        guard let base = unsafe block.base else { return }
        // SAFETY: the block was sized for all pieces.
        unsafe bytes.withUnsafeBytes { from in
            if let start = from.baseAddress {
                unsafe (base + offset).copyMemory(from: start, byteCount: from.count)
            }
        }
    }
}
