internal import Glibc
internal import JSON
internal import RouteTable

/// What the control thread knows of the proxy, for those who ask the admin listener.
extension ControlLoop {
    /// Routes of a host that are asked for their reasons by `GET /api/explain`: it is answered in the loop.
    private static let explainedRoutesMax = 10_000

    /// What `GET /metrics` shows beside the counters.
    func metricFacts(now: MonotonicMilliseconds) -> MetricsPage.Facts {
        var facts = MetricsPage.Facts()
        facts.now = now
        facts.version = ProxyServer.version
        facts.digest = generation.table.digestText
        facts.source = options.routesPath
        facts.routeCount = generation.table.routeCount
        facts.loadMicroseconds = generation.loadMicroseconds
        facts.loadedMilliseconds = generation.loadedMilliseconds
        facts.adoptedReloadCount = reloadCounts.adopted
        facts.refusedReloadCount = reloadCounts.refused
        facts.isReady = isReady
        facts.droppedAccessLineCount =
            logs.access.droppedLineTotal + logs.outputs.droppedLineTotal
        facts.droppedEventLineCount = logs.events.droppedLineTotal
        facts.alerts = alerts.watches.map { watch in
            (watch.alert.name, watch.alert.severity.word, watch.firingSince != nil)
        }
        facts.notices = noticeCounts.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        var seen: Set<MetricEndpoint> = []
        for (service, shared) in zip(generation.services, generation.shared) {
            for text in shared.endpointTexts where seen.count < MetricsLayout.endpointsMax {
                let name = MetricEndpoint(service: service.name, text: text)
                guard seen.insert(name).inserted else { continue }
                facts.endpoints.append((name, !downEndpoints.contains(name)))
            }
        }
        return facts
    }

    /// What `GET /api/status` answers.
    func statusText(now: UInt64) -> String {
        var json = JSONText()
        json.object { json in
            json.member("version", ProxyServer.version)
            json.member("pid", getpid())
            json.member("state", stateName)
            json.member("uptime_seconds", (now - startedAt) / 1_000)
            json.member("workers", workers.count)
            json.member("listeners", listenerTexts)
            json.member("admin", admin?.address.description)
            json.key("table")
            json.object { json in
                json.member("digest", generation.table.digestText)
                json.member("source", options.routesPath)
                json.member("generation", generation.number)
                json.member("routes", generation.table.routeCount)
                json.member("hosts", generation.table.hostCount)
                json.member("services", generation.services.count)
                json.member("loaded_ms", generation.loadedMilliseconds)
                json.key("load_milliseconds")
                json.decimal(Int(clamping: generation.loadMicroseconds), places: 3)
                json.member("signed", options.verificationKeyPath != nil)
            }
        }
        return json.text
    }

    private var stateName: String {
        if isReady { return "ready" }
        if case .serving = phase { return "starting" }
        return "draining"
    }

    private var listenerTexts: [String] {
        // What they are was clear when the generation was adopted.
        let roles = (try? ListenerRole.all(for: generation, replacedBy: options.listen)) ?? []
        return zip(listeners.boundAddresses, roles).map { address, role in
            address.description + (role.tls == nil ? "" : " (tls)")
        }
    }

    /// One event of `GET /api/events`.
    ///
    /// - Parameter changed: Places of the routes that it tells of.
    func snapshotEvent(_ changed: [Int]) -> [UInt8] {
        var json = JSONText()
        json.object { json in
            json.member("time_ms", LogTime.nowMilliseconds())
            json.member("state", stateName)
            json.member("table", generation.table.digestText)
            snapshot.write(changed, to: &json)
            json.key("services")
            json.array { writeServices(to: &$0) }
            json.key("alerts")
            json.array { writeAlerts(to: &$0, now: Clock.monotonicMilliseconds()) }
            json.key("process")
            json.object { Self.writeProcess(to: &$0) }
        }
        return Array("event: snapshot\ndata: \(json.text)\n\n".utf8)
    }

    private func writeServices(to json: inout JSONText) {
        for (service, shared) in zip(generation.services, generation.shared)
            .prefix(MetricsLayout.servicesMax)
        {
            json.object { json in
                json.member("name", service.name)
                json.key("endpoints")
                json.array { json in
                    for text in shared.endpointTexts {
                        let name = MetricEndpoint(service: service.name, text: text)
                        json.object { write(name, service, to: &$0) }
                    }
                }
            }
        }
    }

    private func write(
        _ name: MetricEndpoint, _ service: ServiceDescription, to json: inout JSONText
    ) {
        let slot = metrics.slot(ofEndpoint: name.text, of: name.service)
        func sum(_ counter: EndpointCounter) -> UInt64 {
            metrics.sum(at: WorkerMetrics.place(of: slot, counter))
        }
        let active = sum(.activeRequests)
        let figures = EndpointFigures(of: slot, in: metrics, now: Clock.monotonicMilliseconds())
        let state =
            switch figures.circuit {
            case _ where downEndpoints.contains(name): "unhealthy"
            case .ejected: "ejected"
            case .halfOpen: "half_open"
            case .closed: service.policy.healthCheck == nil ? "unknown" : "healthy"
            }
        json.member("url", name.text)
        json.member("state", state)
        json.member("active", active > UInt64(Int64.max) ? 0 : active)
        json.member("requests", sum(.requests))
        json.member("failures", sum(.failures))
        json.key("latency_ms")
        if let microseconds = figures.latencyMicroseconds {
            json.decimal(Int(clamping: microseconds), places: 3)
        } else {
            json.null()
        }
    }

    private static func writeProcess(to json: inout JSONText) {
        let figures = ProcessFigures.now(startMilliseconds: 0)
        json.key("cpu_seconds")
        json.decimal(Int(clamping: figures.processorMicroseconds), places: 6)
        json.member("rss_bytes", figures.residentBytes)
        json.member("descriptors", figures.descriptorCount)
        json.member("descriptors_max", figures.descriptorCountMax)
    }

    /// What the table in use does with a request: the JSON of `wsroute explain`.
    func explanation(of request: AdminRequest) -> AdminAnswer {
        guard let url = request.value("url") else {
            return .text(.badRequest, "give the URL as url=")
        }
        var headers: [DescribedRequest.Header] = []
        for item in request.query where item.name == "header" {
            let halves = item.value.split(separator: ":", maxSplits: 1)
            guard halves.count == 2, !halves[0].isEmpty else {
                return .text(.badRequest, "a header is given as header=Name: value")
            }
            headers.append(
                DescribedRequest.Header(
                    name: String(halves[0]), value: String(halves[1].drop { $0 == " " })))
        }
        var addresses: [ClientAddress?] = []
        for name in ["client_ip", "peer_ip"] {
            guard let text = request.value(name), !text.isEmpty else {
                addresses.append(nil)
                continue
            }
            guard let address = SocketAddress(literal: text, port: 0) else {
                return .text(.badRequest, "\(name) is not an address")
            }
            addresses.append(address.address)
        }
        do throws(DescribedRequestError) {
            let described = try DescribedRequest(
                method: request.value("method") ?? "GET", url: url, headers: headers,
                client: addresses[0] ?? ClientAddress(ipv4: 0x7F00_0001), peer: addresses[1])
            let explanation = Explainer.explain(
                described, in: generation.table,
                listsCandidates: generation.table.routeCount <= Self.explainedRoutesMax)
            return .json(.ok, explanation.json)
        } catch {
            return .text(.badRequest, error.message)
        }
    }
}
