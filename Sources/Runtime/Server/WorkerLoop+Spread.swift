import RouteTable

/// What a request says about where it should go: the key that it is spread by, and its cookie.
extension WorkerLoop {
    /// Takes a place at an endpoint of the service, or of one that takes over for it: each looks at what it wants to
    /// see of the request.
    ///
    /// - Parameter route: The route that took the request; the matcher still holds its match.
    /// - Returns: Also what the service that takes it has seen.
    mutating func choose(
        _ service: ServiceIndex, _ slot: UInt32, end: Int, route: RouteIndex?,
        _ generation: TableGeneration
    ) -> (Placement, PickRequest) {
        var service = service.rawValue
        var isFull = false
        while true {
            let request = pickRequest(
                slot, end: end, route: route, service: service, generation)
            let placement = takePlace(service, request, table: requestTable)
            if case .taken = placement { return (placement, request) }
            if case .full = placement { isFull = true }
            // The loader has checked that this comes to an end.
            guard let next = tables[requestTable].services[Int(service)].policy.fallback else {
                return (isFull ? .full : .nobody, request)
            }
            service = next.rawValue
        }
    }

    /// What the request says to the first of the services that take over for this one which looks at more of it than
    /// where it comes from.
    mutating func takeover(
        behind service: UInt32, _ slot: UInt32, end: Int, route: RouteIndex?,
        _ generation: TableGeneration
    ) -> ServiceSpread {
        var next = tables[requestTable].services[Int(service)].policy.fallback?.rawValue
        while let service = next {
            if tables[requestTable].services[Int(service)].hashesKey
                || generation.shared[Int(service)].affinity != nil
            {
                let request = pickRequest(
                    slot, end: end, route: route, service: service, generation)
                return ServiceSpread(request, at: service)
            }
            next = tables[requestTable].services[Int(service)].policy.fallback?.rawValue
        }
        return ServiceSpread()
    }

    /// What is known of a request at a service when it goes on elsewhere: its head may be gone.
    mutating func pickRequest(again index: UInt32, at service: UInt32) -> PickRequest {
        let attempts = exchanges[index].attempts
        let table = exchanges[index].table
        var request = PickRequest(now: now, nowMicroseconds: nowMicroseconds)
        request.tried = attempts.tried
        request.hasFailed = service == UInt32(self.service(of: index))
        if service == attempts.spread.service {
            request.hash = attempts.spread.hash
        } else if service == attempts.takeover.service {
            request.hash = attempts.takeover.hash
            if !request.hasFailed { request.preferred = attempts.takeover.preferred }
        } else if tables[table].services[Int(service)].ring != nil {
            request.hash = KeyHash.address(exchanges[index].clientAddress)
        }
        return request
    }

    /// - Parameter route: The route that took the request; the matcher still holds its match.
    mutating func pickRequest(
        _ slot: UInt32, end: Int, route: RouteIndex?, service: UInt32,
        _ generation: TableGeneration
    ) -> PickRequest {
        var request = PickRequest(now: now, nowMicroseconds: nowMicroseconds)
        switch tables[requestTable].services[Int(service)].strategy {
        case .ipHash: request.hash = KeyHash.address(clientAddress(of: slot, end: end))
        case .consistentHash:
            request.hash =
                keyHash(end: end, route: route, service, generation)
                ?? KeyHash.address(clientAddress(of: slot, end: end))
        default: break
        }
        if let affinity = generation.shared[Int(service)].affinity {
            readCookie(affinity, end: end, service: service, into: &request)
        }
        return request
    }

    /// The hash of the service's key; nil if the request has none.
    private mutating func keyHash(
        end: Int, route: RouteIndex?, _ service: UInt32, _ generation: TableGeneration
    ) -> UInt64? {
        let keyName = tables[requestTable].services[Int(service)].keyName
        // SAFETY: nothing is read into the buffer while the span is in use.
        let received = unsafe piece(0..<end)
        let bytes = unsafe RawSpan(_unsafeBytes: received)
        switch tables[requestTable].services[Int(service)].policy.hashKey {
        case .clientAddress: return nil
        case .header:
            return RequestKeys.field(keyName, of: fields, in: bytes)
                .map { KeyHash.bytes(bytes.octets($0)) }
        case .cookie:
            return RequestKeys.cookie(keyName, of: fields, in: bytes)
                .map { KeyHash.bytes(bytes.octets($0)) }
        case .capture:
            guard let route, let capture = generation.shared[Int(service)].captures[route],
                tables[requestTable].matcher.findCapture(capture, by: route, in: generation.table)
            else { return nil }
            return KeyHash.bytes(tables[requestTable].matcher.capturedText())
        }
    }

    /// The endpoint that the client's cookie names, and whether it has done so for long.
    private mutating func readCookie(
        _ affinity: AffinityTokens, end: Int, service: UInt32, into request: inout PickRequest
    ) {
        // SAFETY: nothing is read into the buffer while the span is in use.
        let received = unsafe piece(0..<end)
        let bytes = unsafe RawSpan(_unsafeBytes: received)
        guard let value = RequestKeys.cookie(affinity.cookieName, of: fields, in: bytes),
            let place = affinity.endpoint(of: bytes.octets(value))
        else { return }
        request.preferred =
            tables[requestTable].services[Int(service)].firstEndpoint + UInt32(place)
        request.renewsCookie = affinity.isDueForRenewal(
            bytes.octets(value), nowSeconds: wallSeconds())
    }

    /// Notes whether the answer sets a cookie: now, or if another endpoint gives it in the end.
    mutating func noteAffinity(
        _ exchange: inout Exchange, _ request: PickRequest, _ choice: Choice,
        _ takeover: ServiceSpread, _ slot: UInt32, end: Int
    ) {
        if request.preferred == choice.endpoint { exchange.flags.insert(.isKeptByCookie) }
        if request.preferred != choice.endpoint || request.renewsCookie {
            exchange.flags.insert(.setsAffinity)
        }
        let shared = tables[requestTable].generation.shared[Int(choice.service)]
        let mayBeSet = shared.affinity != nil || takeover.service != .max
        if mayBeSet, speaksTLS(slot, end: end) { exchange.flags.insert(.clientSpeaksTLS) }
    }

    /// The same where it goes on at another endpoint.
    mutating func noteAffinity(again index: UInt32) {
        let takeover = exchanges[index].attempts.takeover
        let isKept = takeover.preferred == exchanges[index].endpoint
        exchanges[index].flags.remove([.isKeptByCookie, .setsAffinity])
        if isKept { exchanges[index].flags.insert(.isKeptByCookie) }
        if !isKept || takeover.renewsCookie { exchanges[index].flags.insert(.setsAffinity) }
    }

    /// Adds the cookie that keeps the client at this endpoint to the head in ``writer``.
    mutating func writeAffinityCookie(_ index: UInt32) {
        let table = exchanges[index].table
        let service = service(of: index)
        guard let affinity = tables[table].generation.shared[service].affinity else { return }
        let place = exchanges[index].endpoint - tables[table].services[service].firstEndpoint
        writer.truncate(to: writer.count - 2)
        writer.append("Set-Cookie: ")
        // SAFETY: bytes are plain data.
        unsafe writer.append(affinity.cookieName.span.bytes)
        writer.append(byte: UInt8(ascii: "="))
        for byte in affinity.token(at: Int(place)) { writer.append(byte: byte) }
        let stamp = AffinityTokens.stamp(nowSeconds: wallSeconds())
        for offset in stamp.indices { writer.append(byte: stamp[offset]) }
        unsafe writer.append(affinity.attributes.span.bytes)
        if exchanges[index].flags.contains(.clientSpeaksTLS) { writer.append("; Secure") }
        writer.append("\r\n\r\n")
    }

    private mutating func wallSeconds() -> UInt64 {
        UInt64(clamping: Clock.wallMilliseconds() / 1_000)
    }

    /// Whether the client speaks TLS, here or to a trusted proxy before us.
    mutating func speaksTLS(_ slot: UInt32, end: Int) -> Bool {
        if connections[slot].stream.isEncrypted { return true }
        guard fields.contains(.xForwardedProto), trustsClient(slot) else { return false }
        // SAFETY: nothing is read into the buffer while the span is in use.
        let received = unsafe piece(0..<end)
        let bytes = unsafe RawSpan(_unsafeBytes: received)
        for index in 0..<fields.count where fields.kind(at: index) == .xForwardedProto {
            return bytes.equalsIgnoringCase(fields[index].value, "https")
        }
        return false
    }
}
