internal import RouteTable

extension ControlLoop {
    func handle(_ message: ControlMessage, now: UInt64) {
        switch message {
        case .dialFailed(let endpoint):
            resolver.doubt(endpoint, now: now)
        case .released(let number, _):
            releaseCounts[number, default: 0] += 1
            if releaseCounts[number] == workers.count {
                releaseCounts[number] = nil
                resolver.remove(generation: number)
            }
        case .started: noteStarted()
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
                    try resolver.add(name, host: endpoint.host, port: endpoint.port, now: now)
                } catch {
                    logs.events.write(
                        .error, "names.unavailable", .text("reason", error.description))
                    workers.post(.addressesFailed(name, .other))
                }
            }
        }
    }
}
