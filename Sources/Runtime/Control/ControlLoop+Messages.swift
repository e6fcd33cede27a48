internal import RouteTable

extension ControlLoop {
    func handle(_ message: ControlMessage, now: UInt64) {
        switch message {
        case .dialFailed(let endpoint):
            resolver.doubt(endpoint, now: now)
        case .health(let endpoint, let isDown):
            workers.post(.health(endpoint, isDown: isDown))
            logHealth(endpoint, isDown: isDown)
        case .vouched(let endpoint, let since): workers.post(.vouched(endpoint, since: since))
        case .released(let number, _):
            if generations.release(number) { resolver.remove(generation: number) }
        case .started: noteStarted()
        case .told(let number, let outcome): noteNotice(number, outcome, now: now)
        // Nobody asks yet.
        case .streams(let findings): take(findings, now: now)
        case .finished(let index):
            noteFinished(index)
        case .failed(let index, let error):
            // Its listeners would let clients wait for ever.
            logs.events.write(.error, "worker.failed", .text("reason", error.description))
            exitStatus = 1
            workers.post(.stop)
            noteFinished(index)
        }
    }

    private func logHealth(_ endpoint: EndpointName, isDown: Bool) {
        guard endpoint.generation == generation.number else { return }
        let service = generation.services[Int(endpoint.service)]
        let texts = generation.shared[Int(endpoint.service)].endpointTexts
        let name = MetricEndpoint(service: service.name, text: texts[Int(endpoint.endpoint)])
        if isDown { downEndpoints.insert(name) } else { downEndpoints.remove(name) }
        logs.events.write(
            isDown ? .warning : .notice, isDown ? "endpoint.down" : "endpoint.up",
            .text("service", service.name),
            .text("endpoint", service.endpoints[Int(endpoint.endpoint)].text))
    }

    private func noteFinished(_ index: Int) {
        if workers.isFinished { return }
        workers.noteFinished(index)
        guard workers.isFinished else { return }
        let haveEnded = workers.join(withinMilliseconds: Int(Self.stopMilliseconds))
        phase = .ended(leavesThreads: !haveEnded)
    }

    /// Asks for the addresses of all endpoints that are given by name.
    func keepNames(of generation: TableGeneration) {
        let now = Clock.monotonicMilliseconds()
        for (serviceIndex, service) in generation.services.enumerated() {
            for (endpointIndex, endpoint) in service.endpoints.enumerated()
            where generation.literalAddresses[serviceIndex][endpointIndex] == nil {
                let name = EndpointName(
                    generation: generation.number, service: UInt32(serviceIndex),
                    endpoint: UInt32(endpointIndex))
                do throws(SystemError) {
                    let target = generation.dialTarget(of: name) ?? (endpoint.host, endpoint.port)
                    try resolver.add(name, host: target.host, port: target.port, now: now)
                } catch {
                    logs.events.write(
                        .error, "names.unavailable", .text("reason", error.description))
                    workers.post(.addressesFailed(name, .other))
                }
            }
        }
    }
}
