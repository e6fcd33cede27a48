import RouteTable
import TableFormat

/// Answers that are kept for the time when nobody gives any. Nothing here is done for services without
/// `last_good`.
extension WorkerLoop {
    /// What an answer to the request at hand is kept and found by; nil where none may be.
    mutating func answerKey(
        _ slot: UInt32, _ head: RequestHead, end: Int, route: RouteIndex?, service: ServiceIndex,
        _ generation: TableGeneration
    ) -> AnswerKey? {
        // SAFETY: it is only asked whether there is a certificate.
        guard tables[requestTable].services[Int(service.rawValue)].kept != nil,
            unsafe connections[slot].stream.clientSubject == nil,
            !isAuthenticated(route, service, in: generation.table)
        else { return nil }
        // SAFETY: nothing is read into the buffer while the span is in use.
        let received = unsafe piece(0..<end)
        let bytes = unsafe RawSpan(_unsafeBytes: received)
        guard StorableExchange.isAnonymous(head, fields: fields, in: bytes) else { return nil }
        target.clear()
        tables[requestTable].appendForwardPath(to: &target)
        if head.hasQuery {
            target.append(byte: UInt8(ascii: "?"))
            target.append(bytes.octets(head.query))
        }
        let isTrusted = trustsClient(slot)
        writer.clear()
        writer.append(byte: connections[slot].stream.isEncrypted ? 1 : 0)
        let name = tables[requestTable].services[Int(service.rawValue)].name
        // SAFETY: bytes are plain data; the array outlives the span.
        AnswerKey.add(unsafe name.span.bytes, to: &writer)
        AnswerKey.add(bytes.octets(head.host), to: &writer)
        Self.add(target, guards.requestChanges, to: &writer)
        Self.addFields(fields, of: bytes, isTrusted: isTrusted, to: &writer)
        guard !target.isOverflowed, !writer.isOverflowed else { return nil }
        return AnswerKey(of: writer.written)
    }

    /// Whether somebody had to show who asks.
    private mutating func isAuthenticated(
        _ route: RouteIndex?, _ service: ServiceIndex, in table: borrowing LoadedTable
    ) -> Bool {
        let program = guardProgram(for: .forward(route: route, service: service), in: table)
        for place in 0..<program.count where table.guardStep(place, of: program).kind == .auth {
            return true
        }
        return false
    }

    /// Keeps apart what is lent and what is written to.
    private static func add(
        _ target: borrowing ByteWriter, _ changes: borrowing ByteWriter,
        to text: inout ByteWriter
    ) {
        AnswerKey.add(target.written, to: &text)
        AnswerKey.add(changes.written, to: &text)
    }

    /// What the backend may choose an answer by and need not name in Vary: the codings that the client
    /// takes, and what a trusted proxy says of the request, but for who asks.
    private static func addFields(
        _ fields: borrowing HeaderFields, of bytes: RawSpan, isTrusted: Bool,
        to text: inout ByteWriter
    ) {
        for index in 0..<fields.count {
            let name = fields[index].name
            let isSaid =
                isTrusted && fields.kind(at: index).isForwarding
                && fields.kind(at: index) != .xForwardedFor
                && !bytes.equalsIgnoringCase(name, "x-real-ip")
            guard isSaid || bytes.equalsIgnoringCase(name, "accept-encoding") else { continue }
            AnswerKey.add(bytes.octets(name), to: &text)
            AnswerKey.add(bytes.octets(fields[index].value), to: &text)
        }
    }

    // MARK: Keeping

    /// What an exchange needs for its answer to be kept, or for another one to stand in; `.max` if there is
    /// no key.
    mutating func makeKeeper(_ key: AnswerKey?, _ method: Method) -> UInt32 {
        guard let key, !keepers.isFull else { return .max }
        return keepers.insert(AnswerKeeper(key, mayKeep: method == .get)).slot
    }

    /// An answer begins: from here on it is kept, or nothing of it is.
    mutating func beginKeeping(_ index: UInt32, _ head: ResponseHead, start: Int, end: Int) {
        guard exchanges[index].keeper != .max else { return }
        // SAFETY: nothing is read into the buffer while the span is in use.
        let received = unsafe piece(start..<end)
        let bytes = unsafe RawSpan(_unsafeBytes: received)
        if !startsKeeping(index, head, bytes) { dropKeeper(index) }
    }

    private mutating func startsKeeping(
        _ index: UInt32, _ head: ResponseHead, _ bytes: RawSpan
    ) -> Bool {
        let keeper = exchanges[index].keeper
        let key = keepers[keeper].key
        guard keepers[keeper].mayKeep, exchanges[index].fallback == .none,
            let kept = keptAnswers(of: index)
        else { return false }
        guard let byteCount = contentByteCountMax(head, kept.policy),
            StorableExchange.isShareable(head, fields: fields, in: bytes)
        else {
            if StorableExchange.replaces(head.status) { forgetAnswer(key, kept) }
            return false
        }
        if recentAnswers.contains(key, now: now) { return false }
        let age = ageAtArrival(index, bytes)
        guard age <= Int64(kept.policy.staleMillisecondsMax) else {
            forgetAnswer(key, kept)
            return false
        }
        switch kept.reserve(byteCount, for: key, now: now) {
        case .reserved(let order): keepers[keeper].order = order
        case .isRecent:
            recentAnswers.note(key, now: now)
            return false
        case .full: return false
        }
        guards.spare.clear()
        KeptHead.writeLines(fields, of: bytes, date: writer.date, into: &guards.spare)
        keepers[keeper].reservedByteCount = byteCount
        keepers[keeper].born = Int64(now) - age
        keepers[keeper].lineByteCount = guards.spare.count
        Self.copy(guards.spare, to: &keepers[keeper].bytes, reserving: byteCount)
        return true
    }

    /// The backend has said something else since.
    private mutating func forgetAnswer(_ key: AnswerKey, _ kept: KeptAnswers) {
        recentAnswers.forget(key)
        kept.forget(key)
    }

    /// How much content an answer may have; nil if it is too much.
    private mutating func contentByteCountMax(
        _ head: ResponseHead, _ policy: ServicePolicy.LastGood
    ) -> Int? {
        // At least one: no room at all would mean that nothing is kept.
        guard case .length(let byteCount) = head.framing else {
            return max(1, policy.answerBytesMax)
        }
        return byteCount <= UInt64(policy.answerBytesMax) ? max(1, Int(byteCount)) : nil
    }

    /// In milliseconds.
    private mutating func ageAtArrival(_ index: UInt32, _ bytes: RawSpan) -> Int64 {
        let delay = nowMicroseconds - exchanges[index].upstreamStartMicroseconds
        let seconds = AnswerAge.atArrival(
            fields: fields, in: bytes, now: LogTime.nowMilliseconds() / 1_000,
            delaySeconds: Int64(delay / 1_000_000))
        return seconds * 1_000
    }

    /// Keeps apart what is lent and what is written to.
    private static func copy(
        _ lines: borrowing ByteWriter, to bytes: inout [UInt8], reserving byteCount: Int
    ) {
        bytes.reserveCapacity(lines.count + byteCount)
        // SAFETY: the bytes are copied during the call.
        unsafe lines.written.withUnsafeBytes { unsafe bytes.append(contentsOf: $0) }
    }

    /// Content of an answer passes that is to be kept.
    mutating func keepContent(_ index: UInt32, _ payload: Range<Int>, isLast: Bool) {
        let keeper = exchanges[index].keeper
        let total =
            keepers[keeper].bytes.count - keepers[keeper].lineByteCount + payload.count
        guard total <= keepers[keeper].reservedByteCount else {
            if let kept = keptAnswers(of: index) { forgetAnswer(keepers[keeper].key, kept) }
            dropKeeper(index)
            return
        }
        // SAFETY: nothing is read into the buffer before the bytes are copied.
        let bytes = unsafe piece(payload)
        unsafe keepers[keeper].bytes.append(contentsOf: bytes)
        guard isLast else { return }
        let whole = keepers[keeper]
        recentAnswers.note(whole.key, now: now)
        keptAnswers(of: index)?.keep(
            whole.bytes, lineByteCount: whole.lineByteCount, as: whole.key, order: whole.order,
            born: whole.born, now: now)
        dropKeeper(index)
    }

    /// Lets go of what an exchange has kept so far, and of its room.
    mutating func dropKeeper(_ index: UInt32) {
        let keeper = keepers.remove(exchanges[index].keeper)
        exchanges[index].keeper = .max
        if keeper.reservedByteCount > 0 {
            keptAnswers(of: index)?.giveBack(keeper.reservedByteCount, for: keeper.key)
        }
    }

    /// The answers of the service that an exchange was for.
    private mutating func keptAnswers(of index: UInt32) -> KeptAnswers? {
        tables[exchanges[index].table].services[Int(exchanges[index].attempts.askedService)].kept
    }

    // MARK: Standing in

    /// An answer that may stand in for the service's.
    mutating func keptAnswer(_ key: AnswerKey?, of service: UInt32, table: UInt32) -> KeptAnswer? {
        guard let key, let kept = tables[table].services[Int(service)].kept else { return nil }
        return kept.find(key, now: now)
    }

    /// The same for an exchange that has failed before its answer began.
    mutating func keptAnswer(to index: UInt32, _ fault: ExchangeFault) -> KeptAnswer? {
        let keeper = exchanges[index].keeper
        guard fault.side == .upstream, keeper != .max else { return nil }
        return keptAnswer(
            keepers[keeper].key, of: exchanges[index].attempts.askedService,
            table: exchanges[index].table)
    }

    /// Writes the head of a kept answer to ``writer``.
    mutating func write(_ kept: KeptAnswer, terms: ClientTerms) -> HTTPStatus {
        // SAFETY: the lines are lent for the call.
        unsafe kept.withBytes { lines, content in
            unsafe KeptHead.write(
                lines: RawSpan(_unsafeBytes: lines), ageSeconds: kept.ageSeconds,
                contentByteCount: content.count, terms: terms, into: &writer)
        }
        return .ok
    }

    /// Sends what ``writer`` holds, and behind it the content of a kept answer if there is one.
    ///
    /// - Parameter kept: The answer; nil if the writer holds everything.
    mutating func sendWritten(
        _ slot: UInt32, then kept: KeptAnswer?, _ method: Method
    ) -> (sending: Sending, byteCount: UInt64) {
        guard let kept, method != .head else { return (sendWritten(slot), UInt64(writer.count)) }
        let byteCount = writer.count + kept.contentByteCount
        var sending = Sending.broken
        // SAFETY: the writer is not changed, and the content is lent until the call returns.
        unsafe kept.withBytes { _, content in
            let head = unsafe writer.written.withUnsafeBytes { unsafe $0 }
            sending = unsafe send(slot, head, content)
        }
        return (sending, UInt64(byteCount))
    }
}
