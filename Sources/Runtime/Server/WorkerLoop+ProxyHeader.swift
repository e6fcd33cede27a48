import RouteTable

/// The PROXY header of a listener with `proxy_protocol`, before TLS and before HTTP.
extension WorkerLoop {
    /// Whether the word of a peer is taken for who its clients are. Without `trusted_proxies` everybody's
    /// is, as `check` warns.
    mutating func mayAnnounce(_ peer: SocketAddress) -> Bool {
        tables[currentTable].generation.settings.trustedProxies.isEmpty
            || tables[currentTable].trusts(peer.address)
    }

    /// Reads the header if all of it is there.
    ///
    /// Looks at the bytes before it takes them: what follows is for TLS, which reads by itself.
    mutating func readProxyHeader(_ slot: UInt32) {
        // SAFETY: the piece lies inside the room for reads.
        let room = unsafe UnsafeMutableRawBufferPointer(
            rebasing: scratch.room[..<ProxyHeader.byteCountMax])
        let byteCount: Int
        switch unsafe connections[slot].stream.peek(into: room) {
        case .moved(let count): byteCount = count
        case .wouldBlock:
            connections[slot].flags.remove(.readable)
            return
        case .endOfStream, .broken: return close(slot)
        }
        // SAFETY: nothing is read into the buffer while the span is in use.
        let received = unsafe piece(0..<byteCount)
        switch ProxyHeader.parse(unsafe RawSpan(_unsafeBytes: received)) {
        case .incomplete:
            if connections[slot].flags.contains(.endSeen) {
                return refuseProxyHeader(slot, .cutShort)
            }
            // More bytes announce themselves.
            connections[slot].flags.remove(.readable)
            connections[slot].progress = UInt32(byteCount)
        case .refused(let fault): refuseProxyHeader(slot, fault)
        case .complete(let header):
            // SAFETY: the header was just seen in the socket, so this read brings all of it.
            _ = unsafe connections[slot].stream.skip(
                UnsafeMutableRawBufferPointer(rebasing: room[..<header.byteCount]))
            announced(slot, header)
        }
    }

    /// Says so, and closes.
    mutating func refuseProxyHeader(_ slot: UInt32, _ fault: ProxyHeaderFault) {
        logRefusedHeader(connections[slot].peer, fault)
        close(slot)
    }

    /// The client is known now.
    private mutating func announced(_ slot: UInt32, _ header: ProxyHeader) {
        if let client = header.client {
            connections[slot].peer = client
        } else {
            connections[slot].flags.insert(.isAnonymous)
        }
        connections[slot].progress = 0
        let isEncrypted = connections[slot].stream.isEncrypted
        guard countForClient(slot) else {
            if !isEncrypted { refuse(slot, .tooManyRequests, .tooManyOfOneClient) }
            return close(slot)
        }
        connections[slot].enter(isEncrypted ? .handshaking : .awaitingRequest, now: now)
        connections[slot].flags.insert(.readable)
        arm(slot)
        clientReadable(slot)
    }

    /// Counts the connection for its client, where there is a bound.
    ///
    /// - Returns: False if the client has as many as it may.
    mutating func countForClient(_ slot: UInt32) -> Bool {
        let countMax = bounds.countPerClientMax
        guard countMax > 0 else { return true }
        guard register.enter(connections[slot].peer.address, countMax: countMax) else {
            return false
        }
        connections[slot].flags.insert(.isCounted)
        return true
    }

    /// Sends what the kernel takes of an answer; the connection is closed behind it.
    private mutating func refuse(_ slot: UInt32, _ status: HTTPStatus, _ pressure: Pressure) {
        logPressure("connections.refused", pressure)
        writer.clear()
        ErrorAnswer.write(
            status, reason: pressure.reason, asJSON: false, retryAfterSeconds: 1,
            terms: .unreadable,
            into: &writer)
        _ = sendWritten(slot)
        connections[slot].stream.finishWriting()
    }
}
