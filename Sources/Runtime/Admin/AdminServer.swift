internal import CLinux
internal import Glibc

/// The admin listener: a small HTTP/1.1 server in the loop of the control thread.
///
/// It moves bytes and knows who may ask; what the answers are is the control loop's business. Nothing waits,
/// nothing grows without bound, and no client can keep another one or the loop from going on.
final class AdminServer {
    /// A request that is to be answered by ``answer(_:_:now:)``, at once or later.
    struct Pending {
        let client: ConnectionToken
        let call: AdminCall
        let request: AdminRequest
    }

    private var listener: AdminSocket
    private let poll: Int32
    private var connections = Slab<AdminConnection>(capacity: AdminLimits.connectionsMax)
    private var reader: AdminRequestReader
    private var pending: [Pending] = []
    private var room = [UInt8](repeating: 0, count: AdminLimits.readBytes)

    /// - Parameter poll: The epoll instance that its clients are watched by. Not the server's.
    init(
        on address: AdminAddress, token: AdminToken?, poll: Int32
    ) throws(StartupError) {
        listener = try AdminSocket(binding: address)
        var isUnix = false
        if case .unix = address { isUnix = true }
        reader = AdminRequestReader(AdminGuard(token: token, isUnix: isUnix))
        self.poll = poll
    }

    /// Where it listens, with the port that the kernel chose.
    var address: AdminAddress { listener.address }
    /// Level-triggered readable while clients wait.
    var descriptor: Int32 { listener.descriptor }

    /// Whether anybody follows ``AdminCall/events``.
    var hasStreams: Bool { !streams.isEmpty }

    /// Whether one more may follow ``AdminCall/events``.
    var hasRoomForFollower: Bool {
        var count = 0
        for slot in 0..<connections.slotsEnd
        where connections.isOccupied(slot) && connections[slot].stage == .streaming { count += 1 }
        return count < AdminLimits.followersMax
    }

    /// Those who follow ``AdminCall/events`` and have taken most of what they were sent.
    var streams: [ConnectionToken] {
        var tokens: [ConnectionToken] = []
        for slot in 0..<connections.slotsEnd
        where connections.isOccupied(slot) && connections[slot].stage == .streaming
            && connections[slot].waitingCount < AdminLimits.eventBacklogBytesMax
        {
            tokens.append(
                ConnectionToken(slot: slot, generation: connections.generation(of: slot)))
        }
        return tokens
    }

    /// Milliseconds until a client is too slow; nil if there is none.
    func sleepMilliseconds(now: MonotonicMilliseconds) -> UInt64? {
        var soonest: UInt64?
        for slot in 0..<connections.slotsEnd where connections.isOccupied(slot) {
            let deadline = connections[slot].deadline
            soonest = min(soonest ?? .max, deadline > now ? deadline - now : 0)
        }
        return soonest
    }

    /// Takes the clients that wait.
    func acceptClients(now: MonotonicMilliseconds) {
        for _ in 0..<AdminLimits.acceptsPerEventMax {
            guard let socket = listener.accept() else { return }
            if connections.isFull, let slot = mostSilent() { close(slot) }
            guard !connections.isFull else {
                turnAway(socket)
                continue
            }
            let descriptor = socket.descriptor
            let (slot, generation) = connections.insert(
                AdminConnection(
                    socket, interest: EPOLLIN.rawValue,
                    deadline: now + AdminLimits.requestMilliseconds))
            let token = ConnectionToken(slot: slot, generation: generation)
            let status = clinux_epoll_control(
                poll, EPOLL_CTL_ADD, descriptor, EPOLLIN.rawValue, token.eventData)
            if status != 0 { _ = connections.remove(slot) }
        }
    }

    /// Something happened on a client's socket.
    ///
    /// - Returns: Requests to be answered.
    func serve(_ token: ConnectionToken, now: MonotonicMilliseconds) -> [Pending] {
        guard connections.generation(of: token.slot) == token.generation else { return [] }
        write(token, now: now)
        guard connections.generation(of: token.slot) == token.generation else { return [] }
        read(token, now: now)
        defer { pending = [] }
        return pending
    }

    /// Answers a request. Nothing happens if its client has gone.
    func answer(_ token: ConnectionToken, _ answer: AdminAnswer, now: MonotonicMilliseconds) {
        guard connections.generation(of: token.slot) == token.generation else { return }
        let slot = token.slot
        let isHead = connections[slot].isHead
        let isStream = answer.content == .stream && !isHead
        connections[slot].forgetWritten()
        connections[slot].output += answer.bytes(
            isHead: isHead, persists: connections[slot].persists)
        if isStream {
            connections[slot].stage = .streaming
        } else if connections[slot].persists, answer.content != .stream {
            connections[slot].stage = .awaitingRequest
        } else {
            connections[slot].stage = .closing
        }
        connections[slot].deadline = now + AdminLimits.writeMilliseconds
        write(token, now: now)
    }

    /// Sends a piece of an event stream.
    func send(_ token: ConnectionToken, _ bytes: [UInt8], now: MonotonicMilliseconds) {
        guard connections.generation(of: token.slot) == token.generation else { return }
        if connections[token.slot].waitingCount == 0 {
            connections[token.slot].deadline = now + AdminLimits.writeMilliseconds
        }
        connections[token.slot].forgetWritten()
        connections[token.slot].output += bytes
        write(token, now: now)
    }

    /// Requests that arrived behind others and can be served now. To be called after each turn.
    func continued(now: MonotonicMilliseconds) -> [Pending] {
        for slot in 0..<connections.slotsEnd
        where connections.isOccupied(slot) && connections[slot].stage == .awaitingRequest
            && !connections[slot].input.isEmpty && connections[slot].waitingCount == 0
        {
            parse(
                ConnectionToken(slot: slot, generation: connections.generation(of: slot)),
                now: now)
        }
        defer { pending = [] }
        return pending
    }

    /// Closes those who are too slow.
    func expire(now: MonotonicMilliseconds) {
        for slot in 0..<connections.slotsEnd
        where connections.isOccupied(slot) && connections[slot].deadline <= now {
            if connections[slot].stage == .streaming, connections[slot].waitingCount == 0 {
                connections[slot].deadline = now + AdminLimits.writeMilliseconds
            } else {
                close(slot)
            }
        }
    }

    /// The client that makes room for a new one: of those who ask for nothing, whoever has done so the longest.
    private func mostSilent() -> UInt32? {
        var found: (rank: Int, deadline: MonotonicMilliseconds, slot: UInt32)?
        for slot in 0..<connections.slotsEnd where connections.isOccupied(slot) {
            guard let rank = connections[slot].rankOfSilence else { continue }
            // All of one rank have been given the same time.
            let deadline = connections[slot].deadline
            if let found, (found.rank, found.deadline) <= (rank, deadline) { continue }
            found = (rank, deadline, slot)
        }
        return found?.slot
    }

    private func turnAway(_ socket: borrowing Socket) {
        let bytes = AdminAnswer.text(.serviceUnavailable, "too many clients of the admin listener")
            .bytes(isHead: false, persists: false)
        // SAFETY: the bytes are read during the call. What the kernel does not take is lost.
        unsafe bytes.withUnsafeBytes { _ = unsafe socket.write($0) }
    }

    private func read(_ token: ConnectionToken, now: MonotonicMilliseconds) {
        let slot = token.slot
        // What is left announces itself again: nobody keeps the loop for himself.
        for _ in 0..<AdminLimits.readsPerEventMax
        where connections.generation(of: slot) == token.generation {
            // SAFETY: the kernel writes at most as many bytes as the array has.
            let transfer = unsafe room.withUnsafeMutableBytes {
                unsafe connections[slot].socket.read(into: $0)
            }
            switch transfer {
            case .moved(let byteCount):
                guard connections[slot].stage != .closing, connections[slot].stage != .streaming
                else { continue }
                if connections[slot].input.isEmpty, connections[slot].stage == .awaitingRequest {
                    connections[slot].deadline = now + AdminLimits.requestMilliseconds
                }
                connections[slot].input += room[..<byteCount]
                guard
                    connections[slot].input.count
                        <= AdminLimits.headBytesMax + AdminLimits.contentBytesMax
                        + AdminLimits.readBytes
                else { return close(slot) }
                parse(token, now: now)
            case .wouldBlock: return
            case .endOfStream, .broken: return close(slot)
            }
        }
    }

    /// Takes the next request, if it is whole and none is being answered.
    private func parse(_ token: ConnectionToken, now: MonotonicMilliseconds) {
        let slot = token.slot
        guard connections[slot].stage == .awaitingRequest, connections[slot].waitingCount == 0
        else { return }
        let input = connections[slot].input
        // SAFETY: bytes are plain data; the array outlives the span.
        switch reader.read(unsafe input.span.bytes) {
        case .incomplete: return
        case .refused(let refusal):
            connections[slot].persists = false
            connections[slot].isHead = false
            connections[slot].input = []
            answer(token, .refusal(refusal), now: now)
        case .complete(let request, let byteCount):
            connections[slot].input.removeFirst(byteCount)
            connections[slot].persists = request.keepsAlive
            connections[slot].hasAsked = true
            connections[slot].isHead = request.method == .head
            do throws(AdminRefusal) {
                let call = try AdminCall(request)
                connections[slot].stage = .awaitingAnswer
                connections[slot].deadline = now + 2 * AdminLimits.workerMilliseconds
                pending.append(Pending(client: token, call: call, request: request))
            } catch {
                answer(token, .refusal(error), now: now)
            }
        }
    }

    /// Writes what waits, and has the kernel tell when more can be written.
    private func write(_ token: ConnectionToken, now: MonotonicMilliseconds) {
        let slot = token.slot
        guard connections[slot].waitingCount > 0 else { return }
        while connections[slot].waitingCount > 0 {
            let output = connections[slot].output
            let start = connections[slot].writtenCount
            // SAFETY: `start` lies inside the array; what remains behind it is written.
            let transfer = unsafe output.withUnsafeBytes { bytes in
                unsafe connections[slot].socket.write(
                    UnsafeRawBufferPointer(rebasing: bytes[start...]))
            }
            switch transfer {
            case .moved(let byteCount):
                connections[slot].writtenCount += byteCount
                connections[slot].deadline = now + AdminLimits.writeMilliseconds
            case .wouldBlock: return watch(slot, EPOLLIN.rawValue | EPOLLOUT.rawValue)
            case .endOfStream, .broken: return close(slot)
            }
        }
        connections[slot].output = []
        connections[slot].writtenCount = 0
        switch connections[slot].stage {
        case .closing: return close(slot)
        case .awaitingRequest: connections[slot].deadline = now + AdminLimits.idleMilliseconds
        case .awaitingAnswer, .streaming: break
        }
        watch(slot, EPOLLIN.rawValue)
    }

    private func watch(_ slot: UInt32, _ interest: UInt32) {
        guard connections[slot].interest != interest else { return }
        connections[slot].interest = interest
        let token = ConnectionToken(slot: slot, generation: connections.generation(of: slot))
        _ = clinux_epoll_control(
            poll, EPOLL_CTL_MOD, connections[slot].socket.descriptor, interest, token.eventData)
    }

    private func close(_ slot: UInt32) { _ = connections.remove(slot) }
}
