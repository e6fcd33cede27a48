import Diagnostics
import TableFormat
import Validate

extension TableEmitter {
    /// Writes what matching never reads.
    mutating func emitCold() {
        emitSettings()
        emitServices()
        emitFallbackAnswers()
        emitListeners()
        emitAlerts()
        for host in hosts { emitSources(of: host) }
        for file in configuration.files {
            var record = SourceFileRecord()
            record.name = sections.add(file)
            sections.append(record, to: .sourceFiles)
        }
    }

    /// Where something is written, as tables say it.
    static func place(_ range: SourceRange) -> (file: UInt32, line: UInt32) {
        (UInt32(range.file.index), UInt32(range.start.line))
    }

    private mutating func emitSources(of host: LoweredHost) {
        var record = HostSourceRecord()
        record.pattern = sections.add(host.rule.patternText)
        (record.file, record.line) = Self.place(host.rule.pattern.range)
        record.isDeclaredOrder = host.rule.order == .declared ? 1 : 0
        sections.append(record, to: .hostSources)
        for route in host.routes {
            do {
                try emitSource(of: route)
            } catch {
                problems.append(CompileProblem(error, at: route.rule.pattern.range))
            }
        }
    }

    private mutating func emitSource(of route: LoweredRoute) throws(CompileProblem.Reason) {
        let range = route.rule.pattern.range
        guard route.written.byteCount <= UInt16.max else {
            throw .textTooLong("pattern", Int(route.written.byteCount))
        }
        guard let file = UInt16(exactly: range.file.index) else {
            throw .tooManyWith("source files", range.file.index + 1)
        }
        var record = RouteSourceRecord()
        record.pattern = route.written
        record.line = UInt32(range.start.line)
        record.file = file
        record.details = details(of: route)
        record.writtenKind = route.writtenKind.rawValue
        sections.append(record, to: .routeSources)
    }

    /// - Returns: The index of what few routes have, or none.
    private mutating func details(of route: LoweredRoute) -> UInt32 {
        guard route.rule.name != nil || route.rule.priority != 0 || !route.captures.isEmpty else {
            return .none
        }
        var record = RouteDetailsRecord()
        record.name = sections.add(route.rule.name)
        record.priority = route.rule.priority
        var captures: [CaptureRecord] = []
        for capture in route.captures {
            var record = CaptureRecord()
            record.name = sections.add(capture.name)
            record.kind = capture.kind.rawValue
            record.value = capture.value
            captures.append(record)
        }
        record.firstCapture = captureRuns.add(captures, to: .captures, in: &sections)
        record.captureCount = UInt32(captures.count)
        return detailRuns.add([record], to: .routeDetails, in: &sections)
    }

    private mutating func emitServices() {
        for service in configuration.services + askedServices {
            var record = ServiceRecord()
            record.name = sections.add(service.name.value)
            record.proxyHost = sections.add(service.proxyHost)
            record.authority = sections.add(service.tls.authority)
            record.certificate = sections.add(service.tls.certificate)
            record.key = sections.add(service.tls.key)
            record.serverName = sections.add(service.tls.serverName)
            let settings = configuration.settings
            record.readTimeoutMilliseconds =
                service.readTimeoutMilliseconds ?? settings.readTimeoutMilliseconds
                ?? Defaults.readTimeoutMilliseconds
            record.writeTimeoutMilliseconds =
                service.writeTimeoutMilliseconds ?? settings.writeTimeoutMilliseconds
                ?? Defaults.writeTimeoutMilliseconds
            record.dialTimeoutMilliseconds =
                service.dialTimeoutMilliseconds ?? settings.dialTimeoutMilliseconds
                ?? Defaults.dialTimeoutMilliseconds
            record.firstEndpoint = sections.count(of: .endpoints)
            record.endpointCount = UInt32(service.backends.count)
            (record.file, record.line) = Self.place(service.name.range)
            record.strategy = Self.number(of: service.strategy)
            if service.tls.skipsVerification { record.flags |= ServiceRecord.skipsVerification }
            if service.tls.minimumVersion == .tls13 { record.flags |= ServiceRecord.requiresTLS13 }
            sections.append(record, to: .services)
            emitPolicy(of: service)
            for backend in service.backends { emit(backend) }
        }
    }

    private mutating func emit(_ backend: Backend) {
        var record = EndpointRecord()
        record.host = sections.add(backend.url.value.host)
        record.basePath = sections.add(backend.url.value.basePath)
        record.text = sections.add(backend.url.value.text)
        record.weight = backend.weight
        record.port = backend.url.value.port
        record.usesTLS = backend.url.value.usesTLS ? 1 : 0
        sections.append(record, to: .endpoints)
    }

    private mutating func emitListeners() {
        for listener in configuration.listeners {
            var record = ListenerRecord()
            switch listener.address {
            case .any: break
            case .ipv4(let bytes):
                record.addressByteCount = 4
                record.addressLow = bytes.reduce(0) { $0 << 8 | UInt64($1) }
            case .ipv6(let bytes):
                record.addressByteCount = 16
                record.addressHigh = bytes.prefix(8).reduce(0) { $0 << 8 | UInt64($1) }
                record.addressLow = bytes.dropFirst(8).reduce(0) { $0 << 8 | UInt64($1) }
            }
            record.port = listener.port
            if listener.acceptsProxyProtocol { record.flags |= ListenerRecord.acceptsProxyProtocol }
            record.firstCertificate = sections.count(of: .certificates)
            if let tls = listener.tls {
                record.certificateCount = UInt32(tls.certificates.count)
                if tls.minimumVersion == .tls13 { record.flags |= ListenerRecord.requiresTLS13 }
                record.clientAuthority = sections.add(tls.clientAuthority)
                record.clientVerification = tls.clientVerification.rawValue
                for pair in tls.certificates {
                    var certificate = CertificateRecord()
                    certificate.certificate = sections.add(pair.certificate)
                    certificate.key = sections.add(pair.key)
                    sections.append(certificate, to: .certificates)
                }
            }
            sections.append(record, to: .listeners)
        }
    }

    private mutating func emitSettings() {
        let settings = configuration.settings
        var record = SettingsRecord()
        record.bodyBytesMax = settings.bodyBytesMax ?? 0
        record.workers = UInt32(settings.workers ?? 0)
        record.headerTimeoutMilliseconds =
            settings.headerTimeoutMilliseconds ?? Defaults.headerTimeoutMilliseconds
        record.idleTimeoutMilliseconds =
            settings.idleTimeoutMilliseconds ?? Defaults.idleTimeoutMilliseconds
        record.readTimeoutMilliseconds =
            settings.readTimeoutMilliseconds ?? Defaults.readTimeoutMilliseconds
        record.writeTimeoutMilliseconds =
            settings.writeTimeoutMilliseconds ?? Defaults.writeTimeoutMilliseconds
        record.headerBytesMax = settings.headerBytesMax ?? Defaults.headerBytesMax
        record.urlBytesMax = settings.urlBytesMax ?? Defaults.urlBytesMax
        record.bufferBytesMax =
            max(settings.readBufferBytes ?? 0, settings.writeBufferBytes ?? 0)
        if record.bufferBytesMax == 0 { record.bufferBytesMax = Defaults.bufferBytesMax }
        record.idleConnectionsMax = settings.idleConnectionsMax ?? Defaults.idleConnectionsMax
        record.poolIdleTimeoutMilliseconds =
            settings.poolIdleTimeoutMilliseconds ?? Defaults.poolIdleTimeoutMilliseconds
        record.connectionsMax = settings.connectionsMax ?? 0
        record.activeConnectionsMax = settings.activeConnectionsMax ?? 0
        record.connectionsPerClientMax = settings.connectionsPerClientMax ?? 0
        sections.append(record, to: .settings)
        for range in settings.trustedProxies {
            sections.append(Self.record(of: range), to: .trustedProxies)
        }
    }
}
