import RouteTable

/// What a request says about where it should go: the key that it is spread by, and its cookie.
extension WorkerLoop {
    /// - Parameter route: The route that took the request; the matcher still holds its match.
    mutating func pickRequest(
        _ slot: UInt32, end: Int, route: RouteIndex?, service: UInt32,
        _ generation: TableGeneration
    ) -> PickRequest {
        var request = PickRequest(now: now, nowMicroseconds: nowMicroseconds)
        switch tables[requestTable].services[Int(service)].strategy {
        case .ipHash: request.hash = KeyHash.address(asker(of: slot, end: end))
        case .consistentHash:
            request.hash =
                keyHash(end: end, route: route, service, generation)
                ?? KeyHash.address(asker(of: slot, end: end))
        default: break
        }
        if let affinity = generation.shared[Int(service)].affinity {
            request.preferred = preferred(affinity, end: end, service: service)
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

    /// The endpoint that the client's cookie names.
    private mutating func preferred(
        _ affinity: AffinityTokens, end: Int, service: UInt32
    ) -> UInt32 {
        // SAFETY: nothing is read into the buffer while the span is in use.
        let received = unsafe piece(0..<end)
        let bytes = unsafe RawSpan(_unsafeBytes: received)
        guard let value = RequestKeys.cookie(affinity.cookieName, of: fields, in: bytes),
            let place = affinity.endpoint(of: bytes.octets(value))
        else { return .max }
        return tables[requestTable].services[Int(service)].firstEndpoint + UInt32(place)
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
        unsafe writer.append(affinity.attributes.span.bytes)
        let client = exchanges[index].client.slot
        if connections[client].stream.isEncrypted { writer.append("; Secure") }
        writer.append("\r\n\r\n")
    }
}
