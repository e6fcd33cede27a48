/// The families that are not plain counters.
extension MetricsPage {
    /// - Returns: Whether the family was written.
    mutating func writesOwn(_ family: MetricFamily) -> Bool {
        switch family {
        case .requests: writeRequests()
        case .webSocketCloses: writeCloses()
        case .requestDuration: write(family, .requestDuration)
        case .webSocketDuration: write(family, .webSocketDuration)
        case .streamDuration: write(family, .streamDuration)
        case .webSocketPingTime:
            write(family, .pingTimeOfClient, "peer=\"client\"")
            write(family, .pingTimeOfUpstream, "peer=\"upstream\"")
        case .upstreamDuration: writeUpstreamDuration()
        case .upstreamEjectedWorkers: writeEjectedWorkers()
        case .ownTime: write(family, .ownTime)
        case .webSocketMessageSize:
            write(family, .messageSizeFromClient, "from=\"client\"")
            write(family, .messageSizeFromUpstream, "from=\"upstream\"")
        case .loopLag, .workerClients: writeWorkers(family)
        default: return writesFact(family)
        }
        return true
    }

    private mutating func writeRequests() {
        for index in usedRoutes {
            let place = WorkerMetrics.place(of: MetricSlot(rawValue: UInt32(index)))
            for (method, methodName) in RequestMetric.methodNames.enumerated() {
                for (status, statusName) in RequestMetric.statusNames.enumerated() {
                    let count = registry.sum(
                        at: place + method * RequestMetric.statusCount + status)
                    guard count > 0 else { continue }
                    text.sample(
                        .requests,
                        [
                            labels.routes[index], Label.text("method", "\(methodName)"),
                            Label.text("status", "\(statusName)"),
                        ], count)
                }
            }
        }
    }

    private mutating func writeCloses() {
        for index in usedRoutes {
            let place =
                WorkerMetrics.place(of: MetricSlot(rawValue: UInt32(index)))
                + MetricsLayout.routeCloses
            for side in CloseMetric.Side.allCases {
                for (code, codeName) in CloseMetric.codeNames.enumerated() {
                    let count = registry.sum(
                        at: place + side.rawValue * CloseMetric.codeNames.count + code)
                    guard count > 0 else { continue }
                    text.sample(
                        .webSocketCloses,
                        [
                            labels.routes[index], Label.text("by", "\(side.name)"),
                            Label.text("code", "\(codeName)"),
                        ], count)
                }
            }
        }
    }

    private mutating func write(
        _ family: MetricFamily, _ histogram: RouteHistogram, _ label: StaticString = ""
    ) {
        for index in usedRoutes {
            let slot = MetricSlot(rawValue: UInt32(index))
            writeHistogram(
                family, [labels.routes[index], Self.label(label)], histogram.scale,
                at: WorkerMetrics.place(of: histogram, of: slot))
        }
    }

    private mutating func write(
        _ family: MetricFamily, _ histogram: ProxyHistogram, _ label: StaticString = ""
    ) {
        let place = WorkerMetrics.place(of: histogram)
        let registry = registry
        text.histogram(family, [Self.label(label)], histogram.scale) {
            registry.sum(at: place + $0)
        }
    }

    private mutating func writeUpstreamDuration() {
        let histogram = ServiceHistogram.upstreamDuration
        for (index, service) in labels.services.enumerated() {
            let slot = MetricSlot(rawValue: UInt32(index))
            writeHistogram(
                .upstreamDuration, [service], histogram.scale,
                at: WorkerMetrics.place(of: histogram, of: slot))
        }
    }

    /// Writes a histogram unless nothing is in it.
    private mutating func writeHistogram(
        _ family: MetricFamily, _ labels: [[UInt8]], _ scale: HistogramScale, at place: Int
    ) {
        guard Self.isUsed(place..<place + scale.bounds.count + 1, in: registry) else { return }
        let registry = registry
        text.histogram(family, labels, scale) { registry.sum(at: place + $0) }
    }

    private mutating func writeWorkers(_ family: MetricFamily) {
        for (index, worker) in registry.workers.enumerated() {
            let label = [Label.text("worker", "\(index)")]
            if family == .workerClients {
                text.gauge(family, label, worker.value(at: ProxyCounter.clientsOpen.rawValue))
                continue
            }
            let place = WorkerMetrics.place(of: ProxyHistogram.loopLag)
            text.histogram(family, label, ProxyHistogram.loopLag.scale) {
                worker.value(at: place + $0)
            }
        }
    }

    private mutating func writesFact(_ family: MetricFamily) -> Bool {
        switch family {
        case .upstreamUp:
            for endpoint in facts.endpoints {
                text.sample(
                    family, [Label.endpoint(endpoint.name.text, of: endpoint.name.service)],
                    endpoint.isUp ? 1 : 0)
            }
        case .workers: text.sample(family, [], UInt64(registry.workers.count))
        case .ready: text.sample(family, [], facts.isReady ? 1 : 0)
        case .tableInfo:
            let source = Label.text("source", facts.source)
            text.sample(family, [Label.text("digest", facts.digest), source], 1)
        case .tableRoutes: text.sample(family, [], UInt64(facts.routeCount))
        case .tableLoadDuration:
            text.sample(family, [], facts.loadMicroseconds, unitsInOne: 1_000_000)
        case .tableLoadTime:
            text.sample(family, [], facts.loadedMilliseconds, unitsInOne: 1_000)
        case .reloads:
            text.sample(family, [Label.text("result", "adopted")], facts.adoptedReloadCount)
            text.sample(family, [Label.text("result", "refused")], facts.refusedReloadCount)
        case .logDroppedLines:
            text.sample(family, [Label.text("log", "access")], facts.droppedAccessLineCount)
            text.sample(family, [Label.text("log", "events")], facts.droppedEventLineCount)
        case .alert:
            for alert in facts.alerts {
                text.sample(
                    family,
                    [Label.text("alert", alert.name), Label.text("severity", alert.severity)],
                    alert.isFiring ? 1 : 0)
            }
        case .alertNotifications:
            for (alert, counts) in facts.notices {
                let label = Label.text("alert", alert)
                func write(_ result: String, _ count: UInt64) {
                    text.sample(family, [label, Label.text("result", result)], count)
                }
                write("delivered", counts.delivered)
                write("retried", counts.retried)
                write("failed", counts.failed)
                write("dropped", counts.dropped)
            }
        case .buildInfo: text.sample(family, [Label.text("version", facts.version)], 1)
        default: return writesProcess(family)
        }
        return true
    }

    private mutating func writesProcess(_ family: MetricFamily) -> Bool {
        switch family {
        case .processCPU:
            text.sample(family, [], process.processorMicroseconds, unitsInOne: 1_000_000)
        case .processResidentMemory: text.sample(family, [], process.residentBytes)
        case .processVirtualMemory: text.sample(family, [], process.virtualBytes)
        case .processDescriptors: text.sample(family, [], process.descriptorCount)
        case .processDescriptorsMax: text.sample(family, [], process.descriptorCountMax)
        case .processStartTime:
            text.sample(family, [], process.startMilliseconds, unitsInOne: 1_000)
        default: return false
        }
        return true
    }
}
