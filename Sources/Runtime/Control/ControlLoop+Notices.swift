internal import RouteTable

/// Webhooks of alerts: what is to be told is kept here, and a worker tells it.
extension ControlLoop {
    /// Somebody wants to hear of what has happened to an alert.
    func tell(_ notice: AlertBoard.Notice, value: UInt64?, isFiring: Bool, now: UInt64) {
        guard let webhook = notice.alert.webhook else { return }
        let wall = LogTime.nowMilliseconds()
        let message = AlertNotice(
            notice.alert, to: webhook, isFiring: isFiring, value: value,
            AlertNotice.Circumstances(
                instance: instance, tableDigest: generation.table.digestText,
                id: String(noticeRandom.next(), radix: 16),
                firingSince: wall - Int64(clamping: now - min(now, notice.since)), now: wall))
        guard let dropped = notices.add(message, now: now) else { return }
        noticeCounts[dropped.alert]?.dropped += 1
        logs.events.write(
            .warning, "alert.webhook_dropped", .text("alert", dropped.alert),
            .word("state", dropped.state), .word("reason", "too many wait"))
    }

    /// Sends what is due, and gives up on workers that have ended.
    func sendNotices(now: UInt64) {
        guard let due = notices.due, now >= due else { return }
        for number in notices.overdue(now: now) { noteNotice(number, .timedOut, now: now) }
        for (number, notice) in notices.take(now: now) {
            guard let service = generation.servicePlaces[notice.service] else {
                noteNotice(number, .noService, now: now)
                continue
            }
            let errand = NoticeErrand(
                number: number, generation: generation.number, service: UInt32(service),
                path: notice.path, content: notice.content)
            if !workers.post(.tell(errand), toOneOf: number) {
                noteNotice(number, .noRoom, now: now)
            }
        }
    }

    /// An attempt has ended.
    func noteNotice(_ number: UInt64, _ outcome: NoticeOutcome, now: UInt64) {
        guard let ending = notices.end(number, outcome, now: now, random: &noticeRandom) else {
            return
        }
        let alert = ending.notice.alert
        switch ending.verdict {
        case .delivered:
            noticeCounts[alert]?.delivered += 1
            logs.events.write(
                .info, "alert.webhook_sent", .text("alert", alert),
                .word("state", ending.notice.state), .text("service", ending.notice.service))
        case .again(let pause):
            noticeCounts[alert]?.retried += 1
            say(.warning, "alert.webhook_retried", ending, .number("pause_ms", Int(pause)))
        case .givenUp:
            noticeCounts[alert]?.failed += 1
            say(.error, "alert.webhook_failed", ending)
        }
    }

    private func say(
        _ level: LogLevel, _ event: StaticString, _ ending: NoticeQueue.Ending,
        _ more: EventField...
    ) {
        logs.events.write(
            level, event,
            [
                .text("alert", ending.notice.alert), .word("state", ending.notice.state),
                .text("service", ending.notice.service), .text("reason", ending.outcome.reason),
                .number("attempt", Int(ending.attempt)),
            ] + more)
    }

    /// Counts only for alerts of the table in use: what names they had before is not kept for ever.
    func forgetNoticeCounts() {
        let names = Set(alerts.watches.map(\.alert).filter { $0.webhook != nil }.map(\.name))
        noticeCounts = noticeCounts.filter { names.contains($0.key) }
        for name in names where noticeCounts[name] == nil { noticeCounts[name] = NoticeCounts() }
    }
}
