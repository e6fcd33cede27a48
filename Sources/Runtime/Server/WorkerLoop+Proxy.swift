/// The way through a proxy, between a connection to it and one to the backend.
extension WorkerLoop {
    /// TCP, and TLS if there was some to be spoken, are there: what comes next?
    mutating func upstreamSecured(_ slot: UInt32) {
        if !connections[slot].flags.contains(.isThroughProxy), let route = proxyRoute(of: slot) {
            connections[slot].stage = .proxying
            connections[slot].dialogue = ProxyDialogue(isSOCKS: route.isSOCKS)
            guard say(route.opening, slot) else { return }
            if connections[slot].flags.contains(.readable) { enqueue(slot) }
            return
        }
        if connections[slot].flags.contains(.isOwnRequest) {
            ownConnected(slot)
        } else {
            upstreamConnected(slot)
        }
    }

    mutating func proxyRoute(of slot: UInt32) -> ProxyRoute? {
        let table = connections[slot].table
        let name = tables[table].endpoints[Int(connections[slot].origin)].name
        return tables[table].generation.proxyRoute(to: name)
    }

    /// Whose fault it is that a connection which is not there yet came to nothing.
    mutating func located(_ fault: ExchangeFault, _ slot: UInt32) -> ExchangeFault {
        guard !connections[slot].flags.contains(.isThroughProxy) else { return fault }
        return located(
            fault, table: connections[slot].table, endpoint: connections[slot].origin)
    }

    /// The same of an endpoint that could not be dialled.
    mutating func located(
        _ fault: ExchangeFault, table: UInt32, endpoint: UInt32
    ) -> ExchangeFault {
        let name = tables[table].endpoints[Int(endpoint)].name
        return tables[table].generation.proxyRoute(to: name) == nil ? fault : fault.atProxy
    }

    mutating func located(_ fault: ExchangeFault, ofExchange index: UInt32) -> ExchangeFault {
        located(fault, table: exchanges[index].table, endpoint: exchanges[index].endpoint)
    }

    /// Sends a message to the proxy. A fresh connection has room for it.
    ///
    /// - Returns: False if it has not; then the attempt is over.
    private mutating func say(_ message: [UInt8], _ slot: UInt32) -> Bool {
        // SAFETY: the stream reads the bytes during the call only.
        let transfer = unsafe message.withUnsafeBytes { bytes in
            unsafe connections[slot].stream.write(bytes)
        }
        if transfer == .moved(byteCount: message.count) { return true }
        dialAttemptFailed(slot, fault: .proxyAnswerInvalid)
        return false
    }

    /// The proxy has something to say.
    mutating func continueProxying(_ slot: UInt32) {
        guard let route = proxyRoute(of: slot) else {
            preconditionFailure("a proxy is spoken to where there is none")
        }
        let held = recall(slot, byteCountMax: .max)
        let reading = read(slot, at: held)
        let end = held + reading.byteCount
        var start = 0
        connections[slot].incoming.clear(to: &blocks)
        while true {
            // SAFETY: nothing is read into the buffer while the span is in use.
            let received = unsafe piece(start..<end)
            let bytes = unsafe RawSpan(_unsafeBytes: received)
            switch connections[slot].dialogue.receive(bytes) {
            case .wait:
                let hasEnded = reading.status == .end || reading.status == .broken
                guard !hasEnded, hold(slot, start..<end) else {
                    return dialAttemptFailed(slot, fault: .proxyAnswerInvalid)
                }
                if reading.status == .full { enqueue(slot) }
                return
            case .authenticate(let consumed):
                start += consumed
                // A password that nobody has offered.
                guard !route.authentication.isEmpty else {
                    return dialAttemptFailed(slot, fault: .proxyAuthentication)
                }
                guard say(route.authentication, slot) else { return }
            case .request(let consumed):
                start += consumed
                guard say(route.request, slot) else { return }
            case .established(let consumed):
                // Nothing was asked of the backend yet: what follows is none of its answers.
                guard start + consumed == end else {
                    return dialAttemptFailed(slot, fault: .proxyAnswerInvalid)
                }
                return throughProxy(slot)
            case .refused(let fault): return dialAttemptFailed(slot, fault: fault)
            }
        }
    }

    /// The proxy lets bytes through.
    private mutating func throughProxy(_ slot: UInt32) {
        connections[slot].flags.insert(.isThroughProxy)
        let table = connections[slot].table
        let endpoint = Int(connections[slot].origin)
        let name = tables[table].endpoints[endpoint].name
        guard tables[table].endpoints[endpoint].usesTLS,
            let tls = tables[table].generation.upstreamTLS[Int(name.service)]
        else { return upstreamSecured(slot) }
        let resumes =
            !connections[slot].flags.contains(.isOwnRequest)
            || !ownRequests[connections[slot].exchange].goesTheWholeWay
        connections[slot].stream.beginTLS(
            tls.context, to: tls.peerNames[Int(name.endpoint)], through: feed,
            resuming: resumes ? tables[table].endpoints[endpoint].resumption : nil, now: now)
        connections[slot].stage = .handshaking
        continueHandshake(slot)
    }
}
