import RouteTable

/// Whoever wants to hear of an alert is told of it by a worker: with the connections, the proxies on the way and
/// the pools that requests have.
extension WorkerLoop {
    /// Begins an attempt. What has come of it is said to the control thread.
    mutating func tell(_ errand: NoticeErrand) {
        // The message about a table comes before those that mean it; one that was refused never comes.
        guard tables[currentTable].generation.number == errand.generation, !ownRequests.isFull,
            let endpoint = endpointToTell(errand.service)
        else { return control.post(.told(errand.number, .noBackend)) }
        let service = Int(tables[currentTable].endpoints[Int(endpoint)].name.service)
        let time = min(
            Limits.noticeMilliseconds,
            tables[currentTable].services[service].readTimeoutMilliseconds)
        let notice = OwnRequest(
            .alert(number: errand.number), message(of: errand, endpoint, service),
            table: currentTable, endpoint: endpoint, deadline: now + time)
        send(own: begin(notice))
    }

    /// An endpoint of the service, or of one that takes over for it. A notice takes nobody's place: it counts
    /// neither as a request nor for the health of whoever gets it.
    private mutating func endpointToTell(_ service: UInt32) -> UInt32? {
        var service = service
        while true {
            var request = PickRequest(now: now, nowMicroseconds: nowMicroseconds)
            request.hash = random.next()
            if let endpoint = tables[currentTable].pickEndpoint(
                of: service, request, random: &random)
            {
                return endpoint
            }
            guard let next = tables[currentTable].services[Int(service)].policy.fallback else {
                return nil
            }
            service = next.rawValue
        }
    }

    private mutating func message(
        of errand: NoticeErrand, _ endpoint: UInt32, _ service: Int
    ) -> [UInt8] {
        let base = tables[currentTable].endpoints[Int(endpoint)].basePath
        let host = tables[currentTable].services[service].proxyHost
        let authority = tables[currentTable].endpoints[Int(endpoint)].authority
        return OwnRequest.message(
            "POST", base + Array(errand.path.utf8), host: host.isEmpty ? authority : host,
            fieldLines: "Content-Type: application/json\r\n"
                + "Content-Length: \(errand.content.count)\r\n", content: errand.content)
    }
}

extension NoticeOutcome {
    /// What an attempt's end means to whoever counts attempts.
    init(_ end: OwnRequest.End) {
        switch end {
        case .answered(let status): self = .answered(status: status)
        case .noAnswer(let fault): self = .noAnswer(fault)
        case .noRoom: self = .noRoom
        case .timedOut: self = .timedOut
        }
    }
}
