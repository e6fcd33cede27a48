extension TableVerifier {
    func checkCold() throws(TableDamage) {
        try require(count(.settings) == 1, .settings, 0)
        try checkServices()
        try checkServicePolicies()
        try checkStreamPolicies()
        try checkListeners()
        try checkChains()
        try checkGuards()
        try checkAlerts()
        try checkAuth()
    }

    private func checkServices() throws(TableDamage) {
        var nextEndpoint: UInt32 = 0
        for index in 0..<count(.services) {
            let service = view.record(ServiceRecord.self, .services, at: index)
            try require(isText(service.name), .services, index)
            let texts = [
                service.proxyHost, service.authority, service.certificate, service.key,
                service.serverName,
            ]
            for text in texts { try require(isTextOrNone(text), .services, index) }
            try require(
                service.endpointCount > 0 && service.firstEndpoint == nextEndpoint
                    && isInside(service.firstEndpoint, service.endpointCount, .endpoints),
                .services,
                index)
            nextEndpoint += service.endpointCount
            try require(service.strategy <= ServiceRecord.strategyMax, .services, index)
            try require(service.file < count(.sourceFiles), .services, index)
        }
        for index in 0..<count(.endpoints) {
            let endpoint = view.record(EndpointRecord.self, .endpoints, at: index)
            for text in [endpoint.host, endpoint.basePath, endpoint.text] {
                try require(isText(text), .endpoints, index)
            }
            try require(endpoint.usesTLS <= 1, .endpoints, index)
        }
    }

    private func checkListeners() throws(TableDamage) {
        var nextCertificate: UInt32 = 0
        for index in 0..<count(.listeners) {
            let listener = view.record(ListenerRecord.self, .listeners, at: index)
            try require([0, 4, 16].contains(listener.addressByteCount), .listeners, index)
            try require(listener.clientVerification <= 2, .listeners, index)
            try require(isTextOrNone(listener.clientAuthority), .listeners, index)
            try require(
                listener.firstCertificate == nextCertificate
                    && isInside(
                        listener.firstCertificate, listener.certificateCount, .certificates),
                .listeners, index)
            nextCertificate += listener.certificateCount
        }
        for index in 0..<count(.certificates) {
            let pair = view.record(CertificateRecord.self, .certificates, at: index)
            try require(isText(pair.certificate) && isText(pair.key), .certificates, index)
        }
    }

    /// Whether `policy` is an index of the section that the kind has, or none.
    private func isPolicy(_ policy: UInt32, of kind: MiddlewareKind) -> Bool {
        guard policy != .none else { return true }
        guard let section = kind.policySection else { return false }
        return policy < count(section)
    }

    private func checkChains() throws(TableDamage) {
        for index in 0..<count(.chains) {
            let chain = view.record(ChainRecord.self, .chains, at: index)
            try require(
                isInside(chain.firstMember, chain.memberCount, .chainMembers)
                    && isInside(chain.firstStep, chain.stepCount, .guardSteps)
                    && isPolicy(chain.webSocketPolicy, of: MiddlewareKind.webSocket)
                    && isPolicy(chain.eventStreamPolicy, of: MiddlewareKind.eventStream)
                    && isPolicy(chain.loggingPolicy, of: MiddlewareKind.logging),
                .chains, index)
        }
        for index in 0..<count(.eventStreamPolicies) {
            let policy = view.record(EventStreamPolicyRecord.self, .eventStreamPolicies, at: index)
            try require(policy.middleware < count(.middlewares), .eventStreamPolicies, index)
        }
        for index in 0..<count(.loggingPolicies) {
            let policy = view.record(LoggingPolicyRecord.self, .loggingPolicies, at: index)
            try require(
                isTextOrNone(policy.output) && isTextOrNone(policy.template) && policy.level <= 2
                    && policy.format <= 3 && policy.samplePerMillion <= 1_000_000,
                .loggingPolicies, index)
        }
        for index in 0..<count(.chainMembers) {
            let member = view.record(ChainMemberRecord.self, .chainMembers, at: index)
            try require(member.middleware < count(.middlewares), .chainMembers, index)
        }
        for index in 0..<count(.middlewares) {
            let middleware = view.record(MiddlewareRecord.self, .middlewares, at: index)
            guard let kind = MiddlewareKind(rawValue: middleware.kind) else {
                throw .invalidRecord(section: .middlewares, record: Int(index))
            }
            try require(
                isText(middleware.name) && isText(middleware.typeName)
                    && middleware.file < count(.sourceFiles)
                    && isPolicy(middleware.policy, of: kind), .middlewares, index)
        }
    }

    /// Files, lines and texts of hosts and routes; nothing that a match needs.
    func checkSources() throws(TableDamage) {
        try require(count(.hostSources) == count(.hosts), .hostSources, 0)
        try require(count(.routeSources) == count(.routePlaces), .routeSources, 0)
        for index in 0..<count(.hostSources) {
            let source = view.record(HostSourceRecord.self, .hostSources, at: index)
            try require(
                isText(source.pattern) && source.file < count(.sourceFiles)
                    && source.isDeclaredOrder <= 1, .hostSources, index)
        }
        for index in 0..<count(.routeSources) {
            let source = view.record(RouteSourceRecord.self, .routeSources, at: index)
            try require(
                isText(source.pattern) && UInt32(source.file) < count(.sourceFiles)
                    && isIndexOrNone(source.details, .routeDetails)
                    && RouteKind(rawValue: source.writtenKind) != nil, .routeSources, index)
        }
        for index in 0..<count(.routeDetails) {
            let details = view.record(RouteDetailsRecord.self, .routeDetails, at: index)
            try require(
                isTextOrNone(details.name)
                    && isInside(details.firstCapture, details.captureCount, .captures),
                .routeDetails, index)
        }
        for index in 0..<count(.captures) {
            let capture = view.record(CaptureRecord.self, .captures, at: index)
            try require(
                isText(capture.name) && PieceKind(rawValue: capture.kind) != nil
                    && capture.kind >= PieceKind.segment.rawValue, .captures, index)
        }
        for index in 0..<count(.sourceFiles) {
            let file = view.record(SourceFileRecord.self, .sourceFiles, at: index)
            try require(isText(file.name), .sourceFiles, index)
        }
    }
}
