import RouteTable

/// What the route's `websocket` middleware says about a handshake, before any upstream is asked.
extension WorkerLoop {
    /// What becomes of a handshake.
    enum Admission {
        /// It goes on, with what the policy took for it.
        case admitted(WebSocketAdmission)
        case refused(LocalAnswer)
    }

    /// Applies the policy of the route.
    ///
    /// - Parameter end: Of the head, in the scratch buffer.
    mutating func admitWebSocket(
        _ slot: UInt32, _ head: RequestHead, end: Int, route: RouteIndex?,
        _ generation: TableGeneration
    ) -> Admission {
        extraFields.clear()
        guard head.upgrade == .webSocket else { return .admitted(WebSocketAdmission()) }
        var admission = WebSocketAdmission()
        let choice = tables[requestTable].matcher.webSocketPolicy(of: route, in: generation.table)
        switch choice {
        case .none: return .admitted(admission)
        case .tooExpensive:
            countTooExpensiveMatch(in: generation.table)
            return .refused(
                .error(
                    .serviceUnavailable, "matching this request took too long",
                    .patternTooExpensive))
        case .policy(let index): admission.policy = index
        }
        let policy = generation.webSocketPolicies[Int(admission.policy)]
        // SAFETY: nothing is read into the buffer while the span is in use.
        let received = unsafe piece(0..<end)
        let bytes = unsafe RawSpan(_unsafeBytes: received)
        if let origins = policy.origins, !allows(origins, head, bytes) {
            metrics.count(.refusedByOrigin)
            return .refused(
                .error(.forbidden, "the origin of this request is not allowed", .originRefused))
        }
        if !policy.subprotocols.isEmpty {
            admission.filtersSubprotocols = true
            offerSubprotocols(policy.subprotocols, bytes)
        }
        guard policy.countsConnections else { return .admitted(admission) }
        let client = clientAddress(of: slot, bytes)
        let middleware = policy.description.middleware
        switch takePlace(of: middleware, table: requestTable, for: client, limits: policy.limits) {
        case .success(let place):
            admission.place = place
            admission.middleware = middleware
            return .admitted(admission)
        case .failure(let refusal):
            metrics.count(refusal == .full ? .limitWebSockets : .limitWebSocketsPerClient)
            return .refused(.tooManyStreams(refusal, route))
        }
    }

    /// Gives back what was taken for a handshake that does not go on.
    mutating func withdraw(_ admission: WebSocketAdmission) {
        guard let place = admission.place else { return }
        tables[requestTable].generation.streamPlaces[Int(admission.middleware)].giveBack(place)
    }

    /// Whether the head names no origin, or one that is allowed.
    private mutating func allows(
        _ origins: AllowedOrigins, _ head: RequestHead, _ bytes: RawSpan
    ) -> Bool {
        var count = 0
        for index in 0..<fields.count
        where bytes.equalsIgnoringCase(fields[index].name, "origin") {
            count += 1
            let value = bytes.octets(fields[index].value)
            guard count == 1, origins.allow(value, host: bytes.octets(head.host)) else {
                return false
            }
        }
        return true
    }

    /// Writes the field with those subprotocols of the client's that may be offered; none if there are
    /// none.
    private mutating func offerSubprotocols(_ allowed: [[UInt8]], _ bytes: RawSpan) {
        var isFirst = true
        for index in 0..<fields.count where fields.kind(at: index) == .secWebSocketProtocol {
            var list = ListCursor(fields[index].value)
            while let name = list.next(in: bytes) {
                guard allowed.contains(where: { bytes.octets(name).isEqual(to: $0) }) else {
                    continue
                }
                extraFields.append(isFirst ? "Sec-WebSocket-Protocol: " : ", ")
                extraFields.append(bytes.octets(name))
                isFirst = false
            }
        }
        if !isFirst { extraFields.appendLineEnd() }
    }
}
