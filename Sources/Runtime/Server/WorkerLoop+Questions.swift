import RouteTable

/// `forward_auth`: another service is asked whether a request may come in. Its answer opens the way, or is
/// passed on; where there is none the way stays closed.
extension WorkerLoop {
    /// Asks. The request waits meanwhile.
    mutating func ask(
        _ asked: AuthGuard.Asked, _ policy: AuthGuard, _ request: GuardedRequest
    ) -> GuardVerdict {
        let table = requestTable
        let endpoint = tables[table].services[Int(asked.service)].firstEndpoint
        let deadline = now + tables[table].services[Int(asked.service)].readTimeoutMilliseconds
        let message = compose(asked, policy, request, endpoint)
        guard !message.isEmpty, !questions.isFull,
            let waiting = suspend(request, until: deadline)
        else { return .answer(.unauthorized(refusal(.noAnswer, policy, request.route))) }
        let question = OwnRequest(
            asker: .request(waiting, request.route), table: table, endpoint: endpoint,
            headers: asked.headers, request: message, deadline: deadline)
        let index = questions.insert(question).slot
        tables[table].exchangeCount += 1
        send(question: index)
        return .suspended
    }

    /// The request that is sent; empty if it would be too large.
    private mutating func compose(
        _ asked: AuthGuard.Asked, _ policy: AuthGuard, _ request: GuardedRequest,
        _ endpoint: UInt32
    ) -> [UInt8] {
        let requestID = requestIdentifier()
        let clientAddress = connections[request.slot].peer.text(includingPort: false)
        let isEncrypted = connections[request.slot].stream.isEncrypted
        let isTrusted = trustsClient(request.slot)
        let path = tables[requestTable].endpoints[Int(endpoint)].basePath
        let host = tables[requestTable].services[Int(asked.service)].proxyHost
        target.clear()
        tables[requestTable].appendCanonicalPath(to: &target)
        // SAFETY: nothing is read into the buffer while the span is in use.
        let received = unsafe piece(0..<request.end)
        let bytes = unsafe RawSpan(_unsafeBytes: received)
        // SAFETY: bytes are plain data; those of the subject live as long as the client's stream.
        let context = unsafe ForwardContext(
            clientAddress: clientAddress.bytes, hostOverride: host.span.bytes,
            requestID: requestID.bytes, additionalFields: RawSpan(),
            clientSubject: RawSpan(_unsafeBytes: connections[request.slot].stream.clientSubject),
            scheme: isEncrypted ? .https : .http,
            options: isTrusted ? .clientIsTrusted : [])
        writer.clear()
        Self.write(
            request.head, fields: fields, bytes: bytes, hidden: policy.hiddenParameters,
            path: path, original: target, context: context, into: &writer)
        if writer.isOverflowed || target.isOverflowed { return [] }
        var message: [UInt8] = []
        message.reserveCapacity(writer.count)
        for index in 0..<writer.count { message.append(writer.written.octet(at: index)) }
        return message
    }

    /// Keeps apart what is lent and what is written to.
    private static func write(
        _ head: RequestHead, fields: borrowing HeaderFields, bytes: RawSpan, hidden: [[UInt8]],
        path: [UInt8], original: borrowing ByteWriter, context: borrowing ForwardContext,
        into writer: inout ByteWriter
    ) {
        AuthQuestionWriter.write(
            head, fields: fields, bytes: bytes, hidden: hidden, path: path,
            original: original.written, context: context, into: &writer)
    }

    /// Sends a question on a connection from the pool, or dials.
    mutating func send(question index: UInt32) {
        let table = questions[index].table
        let endpoint = questions[index].endpoint
        while let slot = takePooled(table: table, endpoint: endpoint) {
            guard connections[slot].stream.seemsOpen else {
                close(slot)
                continue
            }
            connections[slot].flags.insert(.isQuestion)
            connections[slot].exchange = index
            connections[slot].enter(.exchanging, now: now)
            questions[index].connection = token(of: slot)
            questions[index].isReused = true
            return questionConnected(slot)
        }
        dial(question: index)
    }

    /// Dials the next address of whoever is asked.
    mutating func dial(question index: UInt32) {
        let table = questions[index].table
        let endpoint = questions[index].endpoint
        let addresses = tables[table].endpoints[Int(endpoint)].addresses
        // Names are looked up when the table is adopted: until then a client's request waits.
        if addresses.isEmpty, tables[table].endpoints[Int(endpoint)].resolution == .pending,
            case .request = questions[index].asker
        {
            return
        }
        while questions[index].addressIndex < addresses.count, !connections.isFull {
            let address = addresses[questions[index].addressIndex]
            questions[index].addressIndex += 1
            do throws(SystemError) {
                var isConnected = false
                let socket = try Socket.connect(to: address, isConnected: &isConnected)
                guard let slot = open(socket, to: address, question: index) else { break }
                if isConnected { finishConnecting(slot) }
                return
            } catch {
                continue
            }
        }
        end(question: index, .noAnswer)
    }

    private mutating func open(
        _ socket: consuming Socket, to address: SocketAddress, question index: UInt32
    ) -> UInt32? {
        let table = questions[index].table
        let endpoint = questions[index].endpoint
        let stream = upstreamStream(
            socket, table: table, endpoint: endpoint, resumes: true)
        var connection = Connection(
            stream: stream, side: .upstream, stage: .connecting, table: table, origin: endpoint,
            peer: address, now: now)
        connection.flags.insert(.isQuestion)
        connection.exchange = index
        guard let slot = insert(connection) else { return nil }
        questions[index].connection = token(of: slot)
        questions[index].isReused = false
        arm(slot)
        return slot
    }

    /// The addresses of an endpoint have come: questions that waited for them go out.
    mutating func resumeQuestions(table: UInt32, endpoint: UInt32) {
        for index in 0..<questions.slotsEnd
        where questions.isOccupied(index) && questions[index].table == table
            && questions[index].endpoint == endpoint && !isAlive(questions[index].connection)
        {
            dial(question: index)
        }
    }

    /// The connection is there: the question goes out.
    mutating func questionConnected(_ slot: UInt32) {
        let index = connections[slot].exchange
        connections[slot].enter(.exchanging, now: now)
        arm(slot)
        let message = questions[index].request
        // SAFETY: the stream reads the bytes during the call only. A connection without anything under way has
        // room for a head.
        let transfer = unsafe message.withUnsafeBytes { bytes in
            unsafe connections[slot].stream.write(bytes)
        }
        guard transfer == .moved(byteCount: message.count) else {
            return questionEnded(slot, isEnd: false)
        }
        if connections[slot].flags.contains(.readable) { enqueue(slot) }
    }

    /// Something of the answer is there.
    mutating func readQuestion(_ slot: UInt32) {
        let index = connections[slot].exchange
        let connection = token(of: slot)
        for _ in 0..<Limits.readsPerTurnMax {
            let awaitsHead = questions[index].answer == nil
            let held = awaitsHead ? recall(slot, byteCountMax: .max) : 0
            let reading = read(slot, at: held)
            connections[slot].incoming.clear(to: &blocks)
            if awaitsHead {
                takeQuestionHead(index, slot, end: held + reading.byteCount)
            } else {
                takeQuestionContent(index, slot, 0..<reading.byteCount)
            }
            guard isAlive(connection), connections[slot].stage == .exchanging else { return }
            switch reading.status {
            case .drained: return
            case .full: continue
            case .end, .broken: return questionEnded(slot, isEnd: reading.status == .end)
            }
        }
        enqueue(slot)
    }
}
