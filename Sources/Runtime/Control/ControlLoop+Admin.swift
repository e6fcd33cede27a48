internal import RouteTable

/// What the admin listener answers.
extension ControlLoop {
    /// Something happened on a socket of a client of the admin listener.
    func serveAdmin(_ token: ConnectionToken, now: UInt64) {
        guard let admin else { return }
        for pending in admin.serve(token, now: now) { answer(pending, now: now) }
    }

    /// What is due at the admin listener: requests behind others, snapshots, clients that are too slow.
    func continueAdmin(now: UInt64) {
        guard let admin else { return }
        for pending in admin.continued(now: now) { answer(pending, now: now) }
        expireInquiries(now: now)
        continueLists(now: now)
        admin.expire(now: now)
        guard now >= nextSnapshot else { return }
        nextSnapshot = now + AdminLimits.eventMilliseconds
        workers.post(.measureLag(sentMicroseconds: Clock.monotonicMicroseconds()))
        let streams = admin.streams
        guard !streams.isEmpty else { return }
        let event = snapshotEvent(snapshot.refresh())
        for stream in streams { admin.send(stream, event, now: now) }
    }

    /// Milliseconds until ``continueAdmin(now:)`` has something to do; nil if never.
    func adminSleepMilliseconds(now: UInt64) -> UInt64? {
        guard let admin else { return nil }
        if !lists.isEmpty { return 0 }
        let snapshot = nextSnapshot > now ? nextSnapshot - now : 0
        var sleep = min(snapshot, admin.sleepMilliseconds(now: now) ?? .max)
        for inquiry in inquiries.values {
            sleep = min(sleep, inquiry.deadline > now ? inquiry.deadline - now : 0)
        }
        return sleep
    }

    private func answer(_ pending: AdminServer.Pending, now: UInt64) {
        guard let admin else { return }
        let answer: AdminAnswer
        switch pending.call {
        case .connections: return inquire(pending, now: now)
        case .page(let index): answer = AdminPage.answer(index)
        case .health: answer = .text(.ok, "ok")
        case .readiness:
            answer = isReady ? .text(.ok, "ready") : .text(.serviceUnavailable, notReadyReason)
        case .metrics:
            answer = AdminAnswer(
                .ok, contentType: "text/plain; version=0.0.4; charset=utf-8",
                content: .whole(
                    MetricsPage.bytes(
                        metrics, metricFacts(now: now), startMilliseconds: startMilliseconds)))
        case .status: answer = .json(.ok, statusText(now: now))
        case .events: return follow(pending, now: now)
        case .explain: answer = explanation(of: pending.request)
        case .drain: answer = drainAnswer(now: now)
        }
        admin.answer(pending.client, answer, now: now)
    }

    /// Answers `GET /api/events`: with all there is so far, and with what changes from then on.
    private func follow(_ pending: AdminServer.Pending, now: UInt64) {
        guard let admin else { return }
        guard admin.hasRoomForFollower else {
            var answer = AdminAnswer.text(
                .serviceUnavailable,
                "\(AdminLimits.followersMax) clients follow the events already; close one of them")
            answer.fields.append("Retry-After: \(AdminLimits.followRetrySeconds)")
            return admin.answer(pending.client, answer, now: now)
        }
        admin.answer(
            pending.client,
            AdminAnswer(.ok, contentType: "text/event-stream", content: .stream), now: now)
        guard pending.request.method == .get else { return }
        snapshot.follow(generation)
        // What has changed is not lost for those who are there already: it is sent to all.
        let changed = snapshot.refresh()
        let streams = admin.streams.filter { $0 != pending.client }
        if !streams.isEmpty {
            let event = snapshotEvent(changed)
            for stream in streams { admin.send(stream, event, now: now) }
        }
        admin.send(pending.client, snapshotEvent(snapshot.usedRoutes), now: now)
    }

    private var notReadyReason: String {
        if case .serving = phase { return "starting" }
        return "draining"
    }

    private func drainAnswer(now: UInt64) -> AdminAnswer {
        drain(.request, now: now)
            ? .text(.accepted, "draining") : .text(.accepted, "draining already")
    }
}
