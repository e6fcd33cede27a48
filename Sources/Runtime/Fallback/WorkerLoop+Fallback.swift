import RouteTable

/// Who stands in for a service that has failed a request.
extension WorkerLoop {
    /// The answer that stands in for the service's; nil if it has none for this request.
    mutating func fallbackAnswer(
        of service: UInt32, to method: Method, table: UInt32
    ) -> UInt32? {
        guard let answer = tables[table].services[Int(service)].policy.fallbackAnswer else {
            return nil
        }
        let generation = tables[table].generation
        // Whoever wanted to change something must not read that it was done.
        let isFailure = generation.table.fallbackStatus(at: answer) >= 400
        return isFailure || method == .get || method == .head ? answer : nil
    }

    /// The same for an exchange that has failed before its answer began.
    mutating func fallbackAnswer(to index: UInt32, _ fault: ExchangeFault) -> UInt32? {
        guard fault.side == .upstream else { return nil }
        return fallbackAnswer(
            of: exchanges[index].attempts.askedService, to: exchanges[index].method,
            table: exchanges[index].table)
    }

    /// Writes an answer of the table.
    ///
    /// - Parameter retryAfterSeconds: When a request may be sent to a backend again, if that is known.
    mutating func writeFallback(
        _ index: UInt32, of table: borrowing LoadedTable, retryAfterSeconds: UInt32?,
        terms: ClientTerms
    ) -> HTTPStatus {
        let answer = table.fallbackAnswer(at: index)
        let status = HTTPStatus(rawValue: answer.status)
        StaticAnswer.write(
            status, contentType: answer.contentType, body: answer.body, location: RawSpan(),
            fieldLines: answer.fieldLines,
            retryAfterSeconds: answer.retryAfterSeconds
                ?? (status == .serviceUnavailable ? retryAfterSeconds : nil),
            terms: terms, into: &writer)
        return status
    }

    /// Counts a request that somebody else has answered for its service.
    mutating func countFallback(_ kind: FallbackKind, of service: UInt32, table: UInt32) {
        guard let counter = ServiceCounter(kind) else { return }
        metrics.count(counter, of: tables[table].metricSlots.services[Int(service)])
    }

    /// A backend's answer goes to the client: it may be one of another service than was asked.
    mutating func noteAnsweringService(_ index: UInt32) {
        guard exchanges[index].attempts.askedService != UInt32(service(of: index)) else { return }
        exchanges[index].fallback = .service
        countFallback(
            .service, of: exchanges[index].attempts.askedService, table: exchanges[index].table)
    }
}
