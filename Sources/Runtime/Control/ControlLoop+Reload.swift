internal import RouteTable

extension ControlLoop {
    /// Loads the table file again. Either everything changes or nothing does.
    func reload() {
        do throws(StartupError) {
            let next = try TableGeneration(
                options, number: generation.number + 1, ticketKeys: ticketKeys,
                after: generation)
            try openLogs(of: next, waitingForReaders: false)
            let assigned = try listeners.change(
                to: try ListenerRole.all(for: next, replacedBy: options.listen))
            let before = generation
            // Workers look for the places of its endpoints.
            generations.adopt(next)
            workers.adopt(next, listeners: assigned)
            adopt(next, after: before)
        } catch {
            reloadCounts.refused += 1
            logs.events.write(
                .error, "reload.refused", .text("reason", error.message),
                .text("table", generation.table.digestText))
        }
    }

    /// Goes on with copies of the tables whose files somebody waits to write to, and lets them. Where that fails it is
    /// tried again; where they did not wait the process ends at once, for nobody knows what its table says now.
    func giveWay(now: UInt64) {
        givesWayAgainAt = nil
        for generation in generations {
            do throws(TableError) {
                guard try generation.table.giveWay() else { continue }
                logs.events.write(
                    .notice, "table.copied", .text("table", generation.table.digestText),
                    .word("reason", "the file is written to"))
            } catch .changedInUse {
                logs.events.write(
                    .error, "table.lost", .text("table", generation.table.digestText),
                    .text("reason", TableError.changedInUse.message))
                exitStatus = 1
                phase = .ended(leavesThreads: true)
            } catch {
                logs.events.write(
                    .error, "table.not_copied", .text("table", generation.table.digestText),
                    .text("reason", error.message))
                givesWayAgainAt = now + 1000
            }
        }
    }

    /// Says what went well enough to go on and should be known.
    func logNotices(of generation: TableGeneration) {
        for notice in generation.auth.notices {
            logs.events.write(.warning, notice.event, .text("reason", notice.text))
        }
        for (listener, context) in zip(generation.listeners, generation.listenerTLS) {
            for certificate in context?.unusedCertificates ?? [] {
                logs.events.write(
                    .warning, "tls.certificate_unused", .number("port", Int(listener.port)),
                    .text("certificate", certificate.path),
                    .word("reason", certificate.reason.words))
            }
        }
    }

    private func adopt(_ next: TableGeneration, after before: TableGeneration) {
        if options.workerCount == nil, next.settings.workers != before.settings.workers {
            logs.events.write(
                .warning, "reload.needs_restart",
                .word("reason", "the number of workers changes only at the next start"))
        }
        reloadCounts.adopted += 1
        if admin?.hasStreams == true { snapshot.follow(next) }
        // Nobody would find out that they are well again.
        let checked = Set(next.services.filter { $0.policy.healthCheck != nil }.map(\.name))
        downEndpoints = downEndpoints.filter { checked.contains($0.service) }
        logNotices(of: next)
        resolver.reopen(now: Clock.monotonicMilliseconds())
        keepNames(of: next)
        logOverrides(of: next)
        adoptAlerts(now: Clock.monotonicMilliseconds())
        let addresses = listeners.boundAddresses.map(\.description).joined(separator: ",")
        logs.events.write(
            .notice, "reload.adopted", .text("table", next.table.digestText),
            .number("routes", next.table.routeCount), .text("listeners", addresses))
    }
}
