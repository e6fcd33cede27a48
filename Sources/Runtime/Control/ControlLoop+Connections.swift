/// What the admin listener tells of connections, and does to them: the workers are asked, and answer in
/// pieces.
extension ControlLoop {
    /// Asks the workers. The answer follows when all of them have said all.
    func inquire(_ pending: AdminServer.Pending, now: UInt64) {
        do throws(AdminRefusal) {
            let query = try ConnectionQuery(pending.request)
            inquiryNumber += 1
            inquiries[inquiryNumber] = ConnectionInquiry(
                query, from: pending.client, workerCount: workers.count,
                deadline: now + AdminLimits.workerMilliseconds)
            workers.post(
                .streams(
                    StreamInquiry(
                        number: inquiryNumber, selector: query.selector, task: query.task)))
        } catch {
            admin?.answer(pending.client, .refusal(error), now: now)
        }
    }

    /// A worker has answered a part of a question, or all of it.
    func take(_ findings: StreamFindings, now: UInt64) {
        guard var inquiry = inquiries[findings.number] else { return }
        inquiry.take(findings)
        inquiries[findings.number] = inquiry.isComplete ? nil : inquiry
        guard inquiry.isComplete else { return }
        admin?.answer(inquiry.client, Self.answer(to: inquiry), now: now)
    }

    /// Gives up on workers that do not answer: one that has ended never will.
    func expireInquiries(now: UInt64) {
        for (number, inquiry) in inquiries where now >= inquiry.deadline {
            inquiries[number] = nil
            admin?.answer(
                inquiry.client, .text(.gatewayTimeout, "a worker did not answer in time"), now: now)
        }
    }

    private static func answer(to inquiry: ConnectionInquiry) -> AdminAnswer {
        switch inquiry.purpose {
        case .list(_, let asText):
            let list = ConnectionList(
                descriptions: inquiry.descriptions, count: inquiry.count,
                hasMore: inquiry.hasMore, nowMicroseconds: Clock.monotonicMicroseconds(),
                nowMilliseconds: LogTime.nowMilliseconds())
            return asText ? .text(.ok, list.text) : .json(.ok, list.json)
        case .close(let isOne):
            let isMissing = isOne && inquiry.count == 0
            return .json(isMissing ? .notFound : .ok, "{\"closed\":\(inquiry.count)}")
        }
    }
}
