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
        inquiries[findings.number]?.take(findings)
        guard let inquiry = inquiries[findings.number], inquiry.isComplete else { return }
        inquiries[findings.number] = nil
        switch inquiry.purpose {
        case .list(_, let asText): lists.append(ConnectionList(inquiry, asText: asText))
        case .close(let isOne):
            let isMissing = isOne && inquiry.count == 0
            let answer = AdminAnswer.json(
                isMissing ? .notFound : .ok, "{\"closed\":\(inquiry.count)}")
            admin?.answer(inquiry.client, answer, now: now)
        }
    }

    /// Writes a piece of the first list that is under way.
    func continueLists(now: UInt64) {
        guard !lists.isEmpty else { return }
        guard let answer = lists[0].write(rowCountMax: AdminLimits.rowsPerTurnMax) else { return }
        let list = lists.removeFirst()
        admin?.answer(list.client, answer, now: now)
    }

    /// Gives up on workers that do not answer: one that has ended never will.
    func expireInquiries(now: UInt64) {
        for (number, inquiry) in inquiries where now >= inquiry.deadline {
            inquiries[number] = nil
            admin?.answer(
                inquiry.client, .text(.gatewayTimeout, "a worker did not answer in time"), now: now)
        }
    }
}
